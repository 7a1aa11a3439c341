namespace Repository.Infrastructure.Storage;

/// <summary>A row that a <see cref="Statement"/> returned: integers, bytes and text, by position.</summary>
public sealed class SqlRow
{
    private readonly SqlValue[] _values;

    internal SqlRow(SqlValue[] values) => _values = values;

    public bool IsNull(int column) => _values[column].IsNull;

    public long Number(int column) => _values[column] is { Kind: SqlKind.Number, IsNull: false } value ? value.Number : throw Unlike(column);

    public byte[] Bytes(int column) => _values[column].Bytes ?? throw Unlike(column);

    public string Text(int column) => _values[column].Text ?? throw Unlike(column);

    /// <summary>A date that the tables hold as UTC ticks.</summary>
    public DateTimeOffset Date(int column) => new(Number(column), TimeSpan.Zero);

    private static InvalidCastException Unlike(int column) => new($"Column {column} is null or of another kind.");
}
