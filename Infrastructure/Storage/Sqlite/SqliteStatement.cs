using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>
/// A statement prepared on the writer's connection and run straight through SQLite's own interface: ADO.NET would look each
/// parameter up by name and allocate a reader per call, which costs more than the statement.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <returns>The number of rows changed.</returns>
    /// <exception cref="SqliteException">The statement failed and changed nothing.</exception>
    public int Execute(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Bind(i + 1, values[i]);
        }

        // The reset repeats the step's error; the step's own is the one to report.
        var result = raw.sqlite3_step(_statement);
        var changes = result == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : 0;
        var reset = raw.sqlite3_reset(_statement);
        Check(result is raw.SQLITE_DONE or raw.SQLITE_ROW ? reset : result);
        return changes;
    }

    /// <returns>Every row.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public IReadOnlyList<SqlRow> Query(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Bind(i + 1, values[i]);
        }

        var rows = new List<SqlRow>(1);
        int result;
        while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
        {
            rows.Add(ReadRow());
        }

        var reset = raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? reset : result);
        return rows;
    }

    public void Dispose() => _statement.Dispose();

    private SqlRow ReadRow()
    {
        var values = new SqlValue[raw.sqlite3_column_count(_statement)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = raw.sqlite3_column_type(_statement, i) switch
            {
                raw.SQLITE_INTEGER => SqlValue.Of(raw.sqlite3_column_int64(_statement, i)),
                raw.SQLITE_BLOB => SqlValue.Of(raw.sqlite3_column_blob(_statement, i).ToArray()),
                raw.SQLITE_TEXT => SqlValue.Of(raw.sqlite3_column_text(_statement, i).utf8_to_string()),
                raw.SQLITE_NULL => SqlValue.Of((byte[]?)null),
                _ => throw new InvalidOperationException("A statement returns integers, bytes and text only."),
            };
        }

        return new SqlRow(values);
    }

    private void Bind(int position, SqlValue value) => Check(value switch
    {
        { IsNull: true } => raw.sqlite3_bind_null(_statement, position),
        { Kind: SqlKind.Bytes } => raw.sqlite3_bind_blob(_statement, position, value.Bytes),
        { Text: { } text } => raw.sqlite3_bind_text(_statement, position, Encoding.UTF8.GetBytes(text)), // A string would end at a NUL.
        _ => raw.sqlite3_bind_int64(_statement, position, value.Number),
    });

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
