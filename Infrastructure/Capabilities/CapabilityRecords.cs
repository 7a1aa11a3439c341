using Repository.Domain.Capabilities;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Capabilities;

/// <summary>The row of a capability.</summary>
internal static class CapabilityRecords
{
    // The update changes nothing (a guid stands for one content): it locks the row until the transaction ends.
    private static readonly Statement Remember = new(
        """
        INSERT INTO capabilities (capability_guid, issuer_guid, software_guid, not_after, seat_limit, used_seats)
        VALUES ($1, $2, $3, $4, $5, 0)
        ON CONFLICT (capability_guid) DO UPDATE SET seat_limit = excluded.seat_limit
        """);

    private static readonly Statement RecordKey = new(
        """
        UPDATE capabilities SET user_guid = $1, key_hash = $2
        WHERE capability_guid = $3 AND (key_hash IS NULL OR key_hash <> $2)
        """);

    /// <summary>
    /// Records whose the capability is and which key signed its file, for those who ask about a seat without the file: an issuer that
    /// rotated its key may sign the same content again.
    /// </summary>
    public static async ValueTask RecordKeyAsync(this WriteTransaction transaction, CapabilityFile file, byte[]? keyHash, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            RecordKey,
            [SqlValue.Of(file.UserGuid?.ToByteArray()), SqlValue.Of(keyHash), SqlValue.Of(file.CapabilityGuid)],
            ct);

    /// <summary>Records that a file of the capability was seen, and locks its row.</summary>
    public static async ValueTask RememberAsync(this WriteTransaction transaction, CapabilityFile file, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Remember,
            [
                SqlValue.Of(file.CapabilityGuid),
                SqlValue.Of(file.IssuerGuid),
                SqlValue.Of(file.SoftwareGuid),
                SqlValue.Of(file.NotAfter),
                SqlValue.Of(file.Machines),
            ],
            ct);
}
