using Microsoft.Data.Sqlite;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The statements that are prepared on one connection, each at its first use. Used by one thread at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<Statement, SqliteStatement> _prepared = new(ReferenceEqualityComparer.Instance);

    public SqliteStatement Prepare(Statement statement)
    {
        if (!_prepared.TryGetValue(statement, out var prepared))
        {
            prepared = new SqliteStatement(connection, statement.Sql);
            _prepared.Add(statement, prepared);
        }

        return prepared;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
    }
}
