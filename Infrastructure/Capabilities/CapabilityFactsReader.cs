using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Domain.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Capabilities;

/// <summary>Reads all that a capability depends on with one statement: one round trip, one snapshot, every part found by an index.</summary>
internal static class CapabilityFactsReader
{
    private static readonly Statement Facts = new(
        """
        SELECT (SELECT state FROM users WHERE user_guid = $1),
               (SELECT CASE WHEN issuer_guid = $1 THEN 1 ELSE 0 END FROM software WHERE software_guid = $2 AND NOT is_deleted),
               (SELECT state FROM users WHERE user_guid = $3),
               (SELECT revoked_date FROM revocations WHERE capability_guid = $4 AND issuer_guid = $1),
               (SELECT used_seats FROM capabilities WHERE capability_guid = $4),
               (SELECT hash_state FROM machines WHERE machine_register_hash = $5),
               (SELECT activated_date FROM seats
                WHERE capability_guid = $4 AND machine_register_hash = $5 AND released_date IS NULL),
               EXISTS (SELECT 1 FROM user_keys WHERE user_guid = $1 AND key_hash = $6 AND revoked_date IS NULL),
               EXISTS (SELECT 1 FROM capabilities WHERE capability_guid = $4 AND key_hash = $6)
        """);

    /// <summary>The facts as the reader sees them.</summary>
    /// <param name="reader">The database, or a transaction.</param>
    /// <param name="file">The capability.</param>
    /// <param name="machine">The machine that it is to be used on, or null.</param>
    /// <param name="keyHash">The key that is known to have signed it, or null.</param>
    /// <param name="ct">Ends the read.</param>
    public static async ValueTask<CapabilityFacts> ReadFactsAsync(
        this IStatementReader reader,
        CapabilityFile file,
        HashIdentifier? machine,
        byte[]? keyHash,
        CancellationToken ct)
    {
        var rows = await reader.QueryAsync(
            Facts,
            [
                SqlValue.Of(file.IssuerGuid),
                SqlValue.Of(file.SoftwareGuid),
                SqlValue.Of(file.UserGuid?.ToByteArray()),
                SqlValue.Of(file.CapabilityGuid),
                SqlValue.Of(machine?.ToByteArray()),
                SqlValue.Of(keyHash),
            ],
            ct);
        var row = rows[0];
        return new CapabilityFacts
        {
            Issuer = row.IsNull(0) ? null : (UserState)row.Number(0),
            IsIssuersSoftware = row.IsNull(1) ? null : row.Number(1) == 1,
            User = row.IsNull(2) ? null : (UserState)row.Number(2),
            IsRevoked = !row.IsNull(3),
            UsedSeats = row.IsNull(4) ? 0 : row.Number(4),
            Machine = row.IsNull(5) ? null : (HashState)row.Number(5),
            ActivatedDate = row.IsNull(6) ? null : row.Date(6),
            KeyStands = row.Number(7) == 1,
            KeyIsRecorded = row.Number(8) == 1,
        };
    }
}
