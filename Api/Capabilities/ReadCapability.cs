using Repository.Domain.Capabilities;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <summary>Reads what anyone may know of a capability.</summary>
internal static class ReadCapability
{
    // Where a file was seen, only its issuer's revocation counts; before that, nobody can tell whose is.
    private static readonly Statement View = new(
        """
        SELECT (SELECT used_seats FROM capabilities WHERE capability_guid = $1),
               (SELECT seat_limit FROM capabilities WHERE capability_guid = $1),
               (SELECT MIN(revoked_date) FROM revocations WHERE capability_guid = $1
                  AND NOT EXISTS (SELECT 1 FROM capabilities
                                  WHERE capability_guid = $1 AND capabilities.issuer_guid <> revocations.issuer_guid))
        """);

    /// <returns>Null until the capability was activated or revoked.</returns>
    public static async ValueTask<CapabilityView?> FindCapabilityAsync(this IStatementReader reader, CapabilityGuid capability, CancellationToken ct)
    {
        var row = (await reader.QueryAsync(View, [SqlValue.Of(capability)], ct))[0];
        if (row.IsNull(1) && row.IsNull(2))
        {
            return null;
        }

        var seats = row.IsNull(1) ? new SeatsView(0, null) : new SeatsView(row.Number(0), row.Number(1));
        return new CapabilityView(capability.ToString(), row.IsNull(2) ? 1 : 0, seats, row.IsNull(2) ? null : row.Date(2));
    }
}
