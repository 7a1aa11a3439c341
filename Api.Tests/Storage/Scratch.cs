using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>A table of the test's own, written through the server's write queue.</summary>
internal static class Scratch
{
    private static readonly Statement Insert = new("INSERT INTO scratch (id, value) VALUES ($1, $2)");
    private static readonly Statement Increment = new("UPDATE scratch SET value = value + 1 WHERE id = $1");

    extension(RepositoryApp app)
    {
        public IWriteQueue Writes => app.Services.GetRequiredService<IWriteQueue>();

        public Task<int> CreateScratchAsync(CancellationToken ct) => app.Writes.ExecuteAsync(
            new TestWrite<int>(static async (transaction, token) => await transaction.Db.Database.ExecuteSqlAsync(
                $"CREATE TABLE scratch (id BIGINT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)",
                token)),
            ct);

        /// <summary>What a reader sees.</summary>
        public async Task<Dictionary<long, long>> ReadScratchAsync(CancellationToken ct)
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<RepositoryDbContext>>().CreateDbContextAsync(ct);
            var rows = await db.Database.SqlQuery<Row>($"SELECT id AS \"Id\", value AS \"Value\" FROM scratch").ToListAsync(ct);
            return rows.ToDictionary(row => row.Id, row => row.Value);
        }
    }

    /// <summary>Inserts a row with a single statement; a second one with the same id violates the unique index.</summary>
    public static WriteOperation<int> InsertOne(long id) =>
        new TestWrite<int>((transaction, ct) => InsertAsync(transaction, id, ct), isSingleStatement: true);

    public static WriteOperation<int> IncrementOne(long id) =>
        new TestWrite<int>((transaction, ct) => IncrementAsync(transaction, id, ct), isSingleStatement: true);

    public static ValueTask<int> InsertAsync(WriteTransaction transaction, long id, CancellationToken ct) =>
        transaction.ExecuteAsync(Insert, [SqlValue.Of(id), SqlValue.Of(0)], ct);

    public static ValueTask<int> IncrementAsync(WriteTransaction transaction, long id, CancellationToken ct) =>
        transaction.ExecuteAsync(Increment, [SqlValue.Of(id)], ct);

    private sealed record Row(long Id, long Value);
}
