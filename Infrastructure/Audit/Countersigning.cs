using Microsoft.Extensions.Options;
using Repository.Domain.Audit;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// Reads the audit log from where this node has verified it towards its head, and signs the head once it is there. A log that does not
/// hold what was signed before is never signed, so nothing replaces what this node remembers.
/// </summary>
internal sealed class Countersigning(AuditTrail trail, AuditWitness witness, AuditMemory memory, HeadSigning signing, IOptions<AuditOptions> options)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private AuditMark? _verified;

    /// <summary>Does one bounded round; who comes meanwhile waits and does the next.</summary>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await RunAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        if (!await witness.IsWholeAsync(ct))
        {
            return;
        }

        var from = _verified ?? (memory.Last is { } last ? AuditMark.Of(last) : AuditTrail.Start);
        var followed = await trail.FollowAsync(from, options.Value.CheckedEntries, ct);
        _verified = followed?.Mark; // Where it is broken, AuditChainCheck says so; this begins again at what was signed.
        if (followed is ({ Sequence: > 0 } head, IsHead: true))
        {
            await signing.ExecuteAsync(head, ct);
        }
    }
}
