using System.Security.Cryptography;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>The table of signing keys.</summary>
internal sealed class SigningKeyTable(Database database, IWriteQueue writes, SigningKeySeal seal, AuditLog audit)
{
    private static readonly Statement Select =
        new("SELECT sequence, spki, sealed_private_key, active_date FROM signing_keys ORDER BY sequence");

    private static readonly Statement Insert = new(
        "INSERT INTO signing_keys (sequence, spki, sealed_private_key, active_date) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");

    private static readonly Statement Retire = new("UPDATE signing_keys SET sealed_private_key = $1 WHERE sequence = $2");

    private static readonly Statement Remove = new("DELETE FROM signing_keys WHERE sequence = $1");

    /// <summary>All keys in order.</summary>
    /// <param name="known">Keys that are open already: those whose rows are as they were are not opened again.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="CryptographicException">A row was changed, moved or removed.</exception>
    public async Task<IReadOnlyList<TokenKey>> ReadAsync(IReadOnlyList<TokenKey> known, CancellationToken ct)
    {
        var rows = await database.QueryAsync(Select, [], ct);
        var keys = rows.Select(Load).Select(row => known.FirstOrDefault(key => IsSame(key.Row, row)) ?? seal.Open(row)).ToList();
        return keys is [.., { CanSign: false }] // A key retires when the next one signs, so the newest has not.
            ? throw new CryptographicException("The newest rows of signing_keys are missing. Restore the database from a backup.")
            : keys;
    }

    /// <summary>Does what is due. Of several that make the next key at once, one does.</summary>
    /// <param name="plan">What is due.</param>
    /// <param name="keys">The keys of which it was found.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task ExecuteAsync(SigningKeyPlan plan, IReadOnlyList<TokenKey> keys, CancellationToken ct)
    {
        var sequence = keys.Count == 0 ? 1 : keys[^1].Sequence + 1;
        var next = plan.NextActiveDate is { } activeDate ? seal.Open(seal.Make(sequence, activeDate)) : null;
        var retired = plan.Retired.Select(key => (key.Sequence, Sealed: seal.Retire(key.Row))).ToList();
        return writes.ExecuteAsync(new KeepKeys(next, retired, plan.Removed, audit), ct);
    }

    private static SigningKey Load(SqlRow columns) => new()
    {
        Sequence = columns.Number(0),
        Spki = columns.Bytes(1),
        SealedPrivateKey = columns.Bytes(2),

        // What is no date was changed, and does not open as another one either.
        ActiveDate = new DateTimeOffset(Math.Clamp(columns.Number(3), DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero),
    };

    private static bool IsSame(SigningKey one, SigningKey other) =>
        one.Sequence == other.Sequence
        && one.ActiveDate == other.ActiveDate
        && one.Spki.AsSpan().SequenceEqual(other.Spki)
        && one.SealedPrivateKey.AsSpan().SequenceEqual(other.SealedPrivateKey);

    /// <summary>Makes the next key, takes private keys away and removes keys; each does nothing where another node has done it.</summary>
    private sealed class KeepKeys(
        TokenKey? next,
        List<(long Sequence, byte[] Sealed)> retired,
        IReadOnlyList<TokenKey> removed,
        AuditLog audit) : WriteOperation<bool>
    {
        public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var changes = new List<AuditEvent>();
            if (next is not null && await transaction.ExecuteAsync(Insert, ValuesOf(next.Row), ct) == 1)
            {
                changes.Add(new AuditEvent("server", "signing-key-created", next.Kid, $$"""{"activeDate":"{{Rfc3339Date.Spell(next.ActiveDate)}}"}"""));
            }

            foreach (var (sequence, empty) in retired)
            {
                await transaction.ExecuteAsync(Retire, [SqlValue.Of(empty), SqlValue.Of(sequence)], ct);
            }

            foreach (var key in removed)
            {
                if (await transaction.ExecuteAsync(Remove, [SqlValue.Of(key.Sequence)], ct) == 1)
                {
                    changes.Add(new AuditEvent("server", "signing-key-retired", key.Kid));
                }
            }

            foreach (var change in changes)
            {
                await audit.AppendAsync(transaction, change, ct);
            }

            return changes.Count > 0;
        }

        private static SqlValue[] ValuesOf(SigningKey row) =>
            [SqlValue.Of(row.Sequence), SqlValue.Of(row.Spki), SqlValue.Of(row.SealedPrivateKey), SqlValue.Of(row.ActiveDate)];
    }
}
