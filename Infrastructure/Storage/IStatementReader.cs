namespace Repository.Infrastructure.Storage;

/// <summary>
/// Reads with prepared statements: the database as it is, or as a write that runs sees it. Who takes this can be asked in either place.
/// </summary>
public interface IStatementReader
{
    /// <summary>Every row that the statement returns, all of one snapshot.</summary>
    ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct);
}
