using Microsoft.Data.Sqlite;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>A connection that only reads, with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;

    public SqliteReader(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        try
        {
            _connection.Open();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _statements = new SqliteStatements(_connection);
    }

    public IReadOnlyList<SqlRow> Query(Statement statement, ReadOnlySpan<SqlValue> values) => _statements.Prepare(statement).Query(values);

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }
}
