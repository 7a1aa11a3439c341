using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Keys;

namespace Repository.Infrastructure.Storage;

/// <summary>Whether this node can do its work now. Asking costs a read, and a durable write only while writing is in doubt.</summary>
internal sealed class DatabaseHealth(
    IDbContextFactory<RepositoryDbContext> contexts,
    IWriteQueue writes,
    IDatabaseWriter writer,
    KeyRing keys,
    DiskSpace disk)
{
    /// <summary>What fails, by name: <c>database</c>, <c>keyRing</c>, <c>writer</c>, <c>disk</c>. Empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> FindFailuresAsync(CancellationToken ct)
    {
        var failures = new List<string>();
        if (!await CanReadAsync(ct))
        {
            failures.Add("database");
        }

        if (!keys.IsLoaded)
        {
            failures.Add("keyRing");
        }

        if (!await CanWriteAsync(ct))
        {
            failures.Add("writer");
        }

        if (!disk.IsEnough)
        {
            failures.Add("disk");
        }

        return failures;
    }

    private async Task<bool> CanReadAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.KeyChecks.AnyAsync(ct);
        }
        catch (Exception failure) when (StorageOutage.Caused(failure))
        {
            return false;
        }
    }

    private async Task<bool> CanWriteAsync(CancellationToken ct)
    {
        try
        {
            return writer.LastFailure is null || await writes.ExecuteAsync(new ProveWritable(), ct);
        }
        catch (Exception failure) when (failure is WriteQueueFullException || StorageOutage.Caused(failure))
        {
            return false;
        }
    }

    /// <summary>
    /// Writes a row and removes it again, durably. Changing a row to what it is already would prove nothing: SQLite then writes
    /// nothing, and its commit succeeds on a full disk.
    /// </summary>
    private sealed class ProveWritable : WriteOperation<bool>
    {
        private static readonly Statement Insert = new(
            "INSERT INTO idempotency (scope, body_hash, sealed_answer, expires_date) VALUES ($1, $2, $3, $4)");

        private static readonly Statement Delete = new("DELETE FROM idempotency WHERE scope = $1");

        public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var scope = SqlValue.Of(RandomNumberGenerator.GetBytes(32));
            await transaction.ExecuteAsync(Insert, [scope, SqlValue.Of([]), SqlValue.Of([]), SqlValue.Of(0)], ct);
            return await transaction.ExecuteAsync(Delete, [scope], ct) == 1;
        }
    }
}

/// <summary>The free space where the data directory is.</summary>
internal sealed class DiskSpace(DataDirectory directory, IOptions<DatabaseOptions> options)
{
    public bool IsEnough => new DriveInfo(directory.Path).AvailableFreeSpace >= options.Value.MinFreeDiskBytes;
}
