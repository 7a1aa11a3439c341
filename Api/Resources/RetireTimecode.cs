using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>What became of a retirement.</summary>
internal enum Retirement
{
    Done,
    ResourceUnknown,

    /// <summary>The window is not pinned.</summary>
    TimecodeUnknown,
}

/// <summary>
/// Destroys the key of a pinned window for good. A tombstone is left, so that it is never made again, and the pin goes back to whoever
/// pinned it.
/// </summary>
internal sealed class RetireTimecode(HashIdentifier resourceGuid, Window window, Caller caller, AuditLog audit, TimeProvider clock)
    : WriteOperation<Retirement>
{
    private static readonly Statement SelectPin = new(
        """
        SELECT pinned_by_guid FROM window_keys
        WHERE first_guid = $1 AND second_guid = $2 AND window_start = $3 AND pinned_date IS NOT NULL
        """);

    private static readonly Statement Retire = new(
        """
        UPDATE window_keys SET sealed_key = $1, pinned_by_guid = NULL, pinned_date = NULL, retired_date = $2
        WHERE first_guid = $3 AND second_guid = $4 AND window_start = $5
        """);

    public override async ValueTask<Retirement> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldAsync(window, ct); // From here on nobody else pins or retires it.
        if (!await transaction.Db.Resources.OfCaller(caller, resourceGuid).AnyAsync(ct))
        {
            return Retirement.ResourceUnknown;
        }

        var (first, second, start) = (SqlValue.Of(window.First), SqlValue.Of(window.Second), SqlValue.Of(window.Start));
        if (await transaction.QueryAsync(SelectPin, [first, second, start], ct) is not [var pin])
        {
            return Retirement.TimecodeUnknown;
        }

        byte[] nothing = [];
        await transaction.ExecuteAsync(Retire, [SqlValue.Of(nothing), SqlValue.Of(clock.GetUtcNow()), first, second, start], ct);
        await transaction.GiveBackPinAsync(HashIdentifier.Load(pin.Bytes(0)), ct);
        transaction.EraseWhatIsDeleted();
        await audit.AppendAsync(transaction, ResourceAudit.Entry(caller.Actor, "timecode-retired", resourceGuid, window), ct);
        return Retirement.Done;
    }
}
