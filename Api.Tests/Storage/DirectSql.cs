using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Storage;

/// <summary>Reaches past the server into its database, as an intruder, an accident or another version would.</summary>
internal static class DirectSql
{
    extension(RepositoryApp app)
    {
        /// <summary>Executes SQL with parameters <c>@p0</c>, <c>@p1</c>, …</summary>
        /// <returns>The number of rows changed.</returns>
        public async Task<int> ExecuteSqlAsync(string sql, CancellationToken ct, params object[] values)
        {
            await using var connection = app.Connect();
            await connection.OpenAsync(ct);
            await using var command = Command(connection, sql, values);
            return await command.ExecuteNonQueryAsync(ct);
        }

        /// <summary>The one value that a query gives.</summary>
        public async Task<object?> ScalarSqlAsync(string sql, CancellationToken ct, params object[] values)
        {
            await using var connection = app.Connect();
            await connection.OpenAsync(ct);
            await using var command = Command(connection, sql, values);
            return await command.ExecuteScalarAsync(ct);
        }

        private DbConnection Connect() => app.ConnectionString is { } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(app.DataDirectory, "repository.db"),
                Pooling = false,
            }.ToString());
    }

    private static DbCommand Command(DbConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their SQL themselves.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"p{i}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
