using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Repository.Domain.Audit;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Finds the master key and proves that it is the database's before anything is sealed or opened with it. The key comes from
/// <c>Repository:MasterKey</c>, else from <c>master.key</c> (32 raw bytes, mode 0600), which a first start makes.
/// </summary>
internal sealed class MasterKeySetup(
    IOptions<RepositoryOptions> options,
    DataDirectory directory,
    RepositoryDbContext db,
    KeyRing keys)
{
    public const int KeySize = 32;

    private const string FileName = "master.key";

    /// <summary>Loads the key ring, or makes the key when the database is new.</summary>
    /// <exception cref="StartRefusedException">The key is missing, damaged, or not this database's.</exception>
    public async Task ExecuteAsync(IWriteQueue writes, AuditLog audit, CancellationToken ct)
    {
        var stored = await db.KeyChecks.Select(check => check.Value).SingleOrDefaultAsync(ct);
        if (stored is null && await db.Audit.AnyAsync(ct))
        {
            throw new StartRefusedException(
                "The database holds data but no check value for its master key: it is damaged. Restore it from a backup.");
        }

        var key = Find() ?? (stored is null
            ? MakeFile()
            : throw new StartRefusedException(
                $"The database was made with a master key that is not here: {directory.File(FileName)} is missing. "
                + "Put the file back, or set Repository:MasterKey."));
        try
        {
            var check = SubKey.Check.Derive(key);
            stored ??= await writes.ExecuteAsync(new StoreKeyCheck(check, audit), ct);
            if (!CryptographicOperations.FixedTimeEquals(stored, check))
            {
                throw new StartRefusedException(
                    "The master key does not match this database: it was made with another key, or its check value is damaged. "
                    + $"The key comes from {Source}.");
            }

            keys.Load(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private string Source => string.IsNullOrEmpty(options.Value.MasterKey) ? directory.File(FileName) : "Repository:MasterKey";

    private byte[]? Find()
    {
        if (!string.IsNullOrEmpty(options.Value.MasterKey))
        {
            _ = RepositoryOptions.TryDecodeMasterKey(options.Value.MasterKey, out var configured);
            return configured;
        }

        var path = directory.File(FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeySize
            ? key
            : throw new StartRefusedException($"{path} is damaged: it must hold {KeySize} bytes. Restore it from a backup.");
    }

    /// <summary>The file is durable before the check value is: a crash between leaves a key without data, never data without its key.</summary>
    private byte[] MakeFile()
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        directory.WriteSecret(FileName, key);
        return key;
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
