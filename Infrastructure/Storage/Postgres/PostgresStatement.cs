using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>A <see cref="Statement"/> as a command on one connection; Npgsql prepares it at its repetition.</summary>
internal sealed class PostgresStatement
{
    private readonly NpgsqlCommand _command;

    private PostgresStatement(NpgsqlCommand command) => _command = command;

    public static PostgresStatement Make(NpgsqlConnection connection, Statement statement, ReadOnlySpan<SqlValue> values)
    {
#pragma warning disable CA2100 // Statements are constants in static fields; what varies is bound.
        var command = new NpgsqlCommand(statement.Sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(ToParameter(value));
        }

        return new PostgresStatement(command);
    }

    /// <returns>The number of rows changed.</returns>
    public async ValueTask<int> ExecuteAsync(CancellationToken ct)
    {
        await using (_command)
        {
            return await _command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <returns>Every row.</returns>
    public async ValueTask<IReadOnlyList<SqlRow>> QueryAsync(CancellationToken ct)
    {
        await using (_command)
        {
            await using var reader = await _command.ExecuteReaderAsync(ct);
            var rows = new List<SqlRow>(1);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(ReadRow(reader));
            }

            return rows;
        }
    }

    private static SqlRow ReadRow(NpgsqlDataReader reader)
    {
        var values = new SqlValue[reader.FieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.GetValue(i) switch
            {
                DBNull => SqlValue.Of((byte[]?)null),
                byte[] bytes => SqlValue.Of(bytes),
                bool flag => SqlValue.Of(flag ? 1 : 0), // SQLite says 0 and 1.
                string text => SqlValue.Of(text),
                IConvertible number => SqlValue.Of(number.ToInt64(CultureInfo.InvariantCulture)),
                _ => throw new InvalidOperationException("A statement returns integers, bytes and text only."),
            };
        }

        return new SqlRow(values);
    }

    private static NpgsqlParameter ToParameter(SqlValue value) => value switch
    {
        { IsNull: true } => new NpgsqlParameter { NpgsqlDbType = TypeOf(value.Kind), Value = DBNull.Value },
        { Kind: SqlKind.Bytes } => new NpgsqlParameter<byte[]> { TypedValue = value.Bytes },
        { Kind: SqlKind.Text } => new NpgsqlParameter<string> { TypedValue = value.Text },
        _ => new NpgsqlParameter<long> { TypedValue = value.Number },
    };

    private static NpgsqlDbType TypeOf(SqlKind kind) => kind switch
    {
        SqlKind.Bytes => NpgsqlDbType.Bytea,
        SqlKind.Text => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bigint,
    };
}
