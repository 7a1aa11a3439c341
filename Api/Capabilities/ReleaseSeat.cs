using System.Runtime.InteropServices;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <summary>What became of a release.</summary>
internal enum Release
{
    /// <summary>The seat is free, now or since before.</summary>
    Done,

    /// <summary>The capability is of another issuer, or of none that is known.</summary>
    Forbidden,
}

/// <summary>Names a seat: a machine's, under a capability.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeatKey(CapabilityGuid Capability, HashIdentifier Machine);

/// <summary>
/// Releases a machine's seat. Of several releases at once the update of the seat lets one through, which alone counts it down.
/// </summary>
/// <param name="seat">Which one.</param>
/// <param name="issuer">Whose capability it must be; null when the caller may release any seat, or has shown the file.</param>
/// <param name="actor">Who releases it.</param>
/// <param name="audit">The audit log.</param>
/// <param name="clock">The clock.</param>
internal sealed class ReleaseSeat(
    SeatKey seat,
    HashIdentifier? issuer,
    string actor,
    AuditLog audit,
    TimeProvider clock) : WriteOperation<Release>
{
    private static readonly Statement OfIssuer = new("SELECT 1 FROM capabilities WHERE capability_guid = $1 AND issuer_guid = $2");

    private static readonly Statement Free = new(
        "UPDATE seats SET released_date = $1 WHERE capability_guid = $2 AND machine_register_hash = $3 AND released_date IS NULL");

    private static readonly Statement CountDown = new("UPDATE capabilities SET used_seats = used_seats - 1 WHERE capability_guid = $1");

    public override async ValueTask<Release> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (issuer is { } required
            && await transaction.QueryAsync(OfIssuer, [SqlValue.Of(seat.Capability), SqlValue.Of(required)], ct) is [])
        {
            return Release.Forbidden;
        }

        var now = SqlValue.Of(clock.GetUtcNow());
        if (await transaction.ExecuteAsync(Free, [now, SqlValue.Of(seat.Capability), SqlValue.Of(seat.Machine)], ct) == 1)
        {
            await transaction.ExecuteAsync(CountDown, [SqlValue.Of(seat.Capability)], ct);
            await audit.AppendAsync(transaction, SeatEvents.Released(seat, actor), ct);
        }

        return Release.Done;
    }
}
