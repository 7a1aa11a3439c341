using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// Asks, at every use, whether a machine holds a seat for a software that its capability gives: so a released seat, a revocation and the
/// disabling of a machine count from the next request on.
/// </summary>
internal sealed class LicenceReader(Database database, TimeProvider clock)
{
    // What an activation finds out of the file, its signature and its beginning, is true for ever; all that can change since is read.
    private static readonly Statement Select = new(
        """
        SELECT 1 FROM capabilities c
        JOIN seats s ON s.capability_guid = c.capability_guid AND s.machine_register_hash = $1 AND s.released_date IS NULL
        JOIN machines m ON m.machine_register_hash = s.machine_register_hash AND m.hash_state = 1
        JOIN users i ON i.user_guid = c.issuer_guid AND i.state = 1
        JOIN user_keys k ON k.user_guid = c.issuer_guid AND k.key_hash = c.key_hash AND k.revoked_date IS NULL
        JOIN software w ON w.software_guid = c.software_guid AND w.issuer_guid = c.issuer_guid AND NOT w.is_deleted
        LEFT JOIN users u ON u.user_guid = c.user_guid
        WHERE c.capability_guid = $2 AND c.software_guid = $3
          AND (c.not_after IS NULL OR c.not_after > $4)
          AND (c.user_guid IS NULL OR u.state = 1)
          AND NOT EXISTS (SELECT 1 FROM revocations r WHERE r.capability_guid = c.capability_guid AND r.issuer_guid = c.issuer_guid)
        """);

    /// <param name="machine">The machine.</param>
    /// <param name="capability">What it has its seat under.</param>
    /// <param name="software">The software that the seat must be for.</param>
    /// <param name="ct">Ends the read.</param>
    public async ValueTask<bool> HoldsAsync(HashIdentifier machine, CapabilityGuid capability, HashIdentifier software, CancellationToken ct) =>
        await database.QueryAsync(
            Select,
            [SqlValue.Of(machine), SqlValue.Of(capability), SqlValue.Of(software), SqlValue.Of(clock.GetUtcNow())],
            ct) is [_, ..];
}
