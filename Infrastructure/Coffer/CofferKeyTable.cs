using Repository.Domain.Audit;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// The row of the server's pair.
/// <code>sealed_private_key := ColumnSealer(the private key, 32), bound to the public key (32)</code>
/// </summary>
internal sealed class CofferKeyTable(Database database, IWriteQueue writes, ColumnSealer sealer, AuditLog audit)
{
    private static readonly Statement Select = new("SELECT public_key, sealed_private_key FROM coffer_key WHERE id = 1");

    /// <returns>Null where there is none yet.</returns>
    /// <exception cref="StartRefusedException">The row was changed.</exception>
    public async Task<X25519PrivateKey?> FindAsync(CancellationToken ct) =>
        await database.QueryAsync(Select, [], ct) is [var row] ? Open(row.Bytes(0), row.Bytes(1)) : null;

    /// <summary>Draws a pair and stores it, unless another node was first.</summary>
    /// <returns>The one that is stored.</returns>
    public async Task<X25519PrivateKey> DrawAsync(CancellationToken ct)
    {
        using var drawn = X25519PrivateKey.Draw();
        await writes.ExecuteAsync(new Store(drawn.PublicKey, Seal(drawn), isOrder: false, audit), ct);
        return await FindAsync(ct) ?? throw new InvalidOperationException("The coffer's pair was stored and is not there.");
    }

    /// <summary>Stores a pair in place of what there is.</summary>
    public Task ReplaceAsync(X25519PrivateKey pair, CancellationToken ct) =>
        writes.ExecuteAsync(new Store(pair.PublicKey, Seal(pair), isOrder: true, audit), ct);

    private byte[] Seal(X25519PrivateKey pair) => sealer.Seal(pair.Bytes, PlaceOf(pair.PublicKey));

    private X25519PrivateKey Open(byte[] publicKey, byte[] sealedPrivateKey)
    {
        if (!sealer.TryOpen(sealedPrivateKey, PlaceOf(publicKey), out var privateKey))
        {
            throw new StartRefusedException("The coffer's pair in the database does not open: its row was changed. Restore the database from a backup.");
        }

        try
        {
            return X25519PrivateKey.Load(privateKey);
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    private static ColumnPlace PlaceOf(byte[] publicKey) => new("coffer_key", "sealed_private_key", publicKey);

    /// <summary>Stores the pair: where there is none, or in any case. Of several nodes that draw one, the first wins.</summary>
    private sealed class Store(byte[] publicKey, byte[] sealedPrivateKey, bool isOrder, AuditLog audit) : WriteOperation<bool>
    {
        private static readonly Statement Insert = new(
            "INSERT INTO coffer_key (id, public_key, sealed_private_key) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING");

        private static readonly Statement Replace = new(
            """
            INSERT INTO coffer_key (id, public_key, sealed_private_key) VALUES (1, $1, $2)
            ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key, sealed_private_key = excluded.sealed_private_key
            WHERE coffer_key.public_key <> excluded.public_key
            """);

        public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var stored = await transaction.ExecuteAsync(isOrder ? Replace : Insert, [SqlValue.Of(publicKey), SqlValue.Of(sealedPrivateKey)], ct) == 1;
            if (stored)
            {
                transaction.EraseWhatIsDeleted();
                var action = isOrder ? "coffer-key-imported" : "coffer-key-created";
                await audit.AppendAsync(transaction, new AuditEvent("server", action, Convert.ToHexStringLower(publicKey)), ct);
            }

            return stored;
        }
    }
}
