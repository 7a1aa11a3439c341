using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Repository.Domain.Audit;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>Proves that the master key is the database's before anything is sealed or opened with it, and loads the key ring.</summary>
internal sealed class MasterKeySetup(MasterKeyFile file, Database database, KeyRing keys, IWriteQueue writes, AuditLog audit)
{
    // One statement, one snapshot: read one after the other, the first rows of a node that starts beside this one could come between.
    private static readonly Statement CheckAndEntries = new("SELECT (SELECT value FROM key_check WHERE id = 1), (SELECT COUNT(*) FROM audit)");

    /// <summary>
    /// Loads the keys; makes one when the database is new. The file is durable before the check value is: a crash between leaves a key
    /// without data, never data without its key.
    /// </summary>
    /// <exception cref="StartRefusedException">The key is missing, damaged, or not this database's.</exception>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        var row = (await database.QueryAsync(CheckAndEntries, [], ct))[0];
        var stored = row.IsNull(0) ? null : row.Bytes(0);
        if (stored is null && row.Number(1) > 0)
        {
            throw new StartRefusedException(
                "The database holds data but no check value for its master key: it is damaged. Restore it from a backup.");
        }

        var key = file.Find() ?? (stored is null
            ? file.Make()
            : throw new StartRefusedException(
                $"The database was made with a master key that is not here: {file.Path} is missing. "
                + "Put the file back, or set Repository:MasterKey."));
        try
        {
            var check = SubKey.Check.Derive(key);
            stored ??= await writes.ExecuteAsync(new StoreKeyCheck(check, audit), ct);
            if (!CryptographicOperations.FixedTimeEquals(stored, check))
            {
                throw new StartRefusedException(
                    "The master key does not match this database: it was made with another key, or its check value is damaged. "
                    + $"The key comes from {file.Source}.");
            }

            keys.Load(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Stores the check value of a new database, unless another node was first, and returns the one that is stored.</summary>
    private sealed class StoreKeyCheck(byte[] check, AuditLog audit) : WriteOperation<byte[]>
    {
        public override async ValueTask<byte[]> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var db = transaction.Db;
            var inserted = await db.Database.ExecuteSqlAsync(
                $"INSERT INTO key_check (id, value) VALUES (1, {check}) ON CONFLICT DO NOTHING",
                ct);
            if (inserted == 1)
            {
                await audit.AppendAsync(transaction, new AuditEvent("server", "master-key-created", "master-key"), ct);
            }

            return await db.KeyChecks.Select(row => row.Value).SingleAsync(ct);
        }
    }
}
