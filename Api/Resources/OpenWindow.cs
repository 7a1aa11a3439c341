using Microsoft.Extensions.Options;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>What a resource asks of a window.</summary>
/// <param name="ResourceGuid">Who asks, and whose pin it is.</param>
/// <param name="Window">The window.</param>
/// <param name="IsPin">Whether it is to be kept until it is retired.</param>
/// <param name="Actor">The name in the audit log.</param>
internal sealed record WindowRequest(HashIdentifier ResourceGuid, Window Window, bool IsPin, string Actor);

/// <summary>What became of a fetch.</summary>
internal abstract record WindowOpening
{
    private WindowOpening()
    {
    }

    /// <summary>Here is the key.</summary>
    public sealed record Opened(byte[] SealedKey, bool IsPinned) : WindowOpening;

    /// <summary>Nothing was written, and why.</summary>
    public sealed record Refused(WindowVerdict Verdict) : WindowOpening;

    /// <summary>There is no such peer.</summary>
    public sealed record ResourceUnknown : WindowOpening;

    public sealed record TooManyPins : WindowOpening;
}

/// <summary>
/// Makes the key of a window at its first use, or pins it. It is judged again while the resources are held: of many first uses at once,
/// on any nodes, one makes the key and all get it, and no pin is one too many.
/// </summary>
internal sealed class OpenWindow(WindowRequest request, byte[] drawnKey, WindowRules rules, AuditLog audit) : WriteOperation<WindowOpening>
{
    private static readonly Statement ClaimPin = new(
        "UPDATE resources SET pinned_windows = pinned_windows + 1 WHERE resource_guid = $1 AND pinned_windows < $2");

    private static readonly Statement Insert = new(
        """
        INSERT INTO window_keys (first_guid, second_guid, window_start, sealed_key, pinned_by_guid, pinned_date) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement SetPin = new(
        """
        UPDATE window_keys SET pinned_by_guid = $1, pinned_date = $2
        WHERE first_guid = $3 AND second_guid = $4 AND window_start = $5 AND pinned_date IS NULL AND retired_date IS NULL
        """);

    private readonly Window _window = request.Window;

    public override async ValueTask<WindowOpening> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldAsync(_window, ct);
        if (await transaction.ReadWindowAsync(_window, ct) is not { } facts)
        {
            return new WindowOpening.ResourceUnknown();
        }

        var verdict = rules.Judge(_window, facts, request.IsPin);
        return verdict switch
        {
            WindowVerdict.Open => new WindowOpening.Opened(facts.SealedKey!, facts.IsPinned),
            WindowVerdict.Make or WindowVerdict.Pin or WindowVerdict.MakeAndPin => await WriteAsync(transaction, facts, verdict, ct),
            _ => new WindowOpening.Refused(verdict),
        };
    }

    private async ValueTask<WindowOpening> WriteAsync(WriteTransaction transaction, WindowFacts facts, WindowVerdict verdict, CancellationToken ct)
    {
        var isPin = verdict != WindowVerdict.Make;
        if (isPin && await transaction.ExecuteAsync(ClaimPin, [SqlValue.Of(request.ResourceGuid), SqlValue.Of(rules.MaxPinnedWindows)], ct) == 0)
        {
            return new WindowOpening.TooManyPins();
        }

        var (first, second, start) = (SqlValue.Of(_window.First), SqlValue.Of(_window.Second), SqlValue.Of(_window.Start));
        var pinnedBy = SqlValue.Of(isPin ? request.ResourceGuid.ToByteArray() : null);
        var pinnedDate = SqlValue.Of(isPin ? rules.Now : null);
        var written = verdict == WindowVerdict.Pin
            ? await transaction.ExecuteAsync(SetPin, [pinnedBy, pinnedDate, first, second, start], ct)
            : await transaction.ExecuteAsync(Insert, [first, second, start, SqlValue.Of(drawnKey), pinnedBy, pinnedDate], ct);
        if (written == 0)
        {
            return await RefuseGoneAsync(transaction, isPin, ct);
        }

        if (isPin)
        {
            await audit.AppendAsync(
                transaction,
                ResourceAudit.Entry(request.Actor, "timecode-pinned", request.ResourceGuid, _window),
                ct);
        }

        return new WindowOpening.Opened(verdict == WindowVerdict.Pin ? facts.SealedKey! : drawnKey, isPin);
    }

    /// <summary>While the resources are held only the sweeper touches the row: of a node whose clock has passed the retention already.</summary>
    private async ValueTask<WindowOpening> RefuseGoneAsync(WriteTransaction transaction, bool isPin, CancellationToken ct)
    {
        if (isPin)
        {
            await transaction.GiveBackPinAsync(request.ResourceGuid, ct);
        }

        return new WindowOpening.Refused(WindowVerdict.Expired);
    }
}

/// <summary>What holds for all windows now.</summary>
internal sealed class WindowRules(IOptions<TokenOptions> options, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public long MaxPinnedWindows => options.Value.MaxPinnedWindows;

    public WindowVerdict Judge(Window window, WindowFacts facts, bool isPin) =>
        facts.Judge(window.AgeAt(Now, options.Value.WindowRetention, facts.CreatedDate), isPin);
}
