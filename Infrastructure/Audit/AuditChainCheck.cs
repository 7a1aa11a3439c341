using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Background;

namespace Repository.Infrastructure.Audit;

/// <summary>Walks the audit log in the background, part by part, and says loudly when it is broken.</summary>
internal sealed partial class AuditChainCheck(
    AuditChain chain,
    IOptions<AuditOptions> options,
    JobTurns turns,
    TimeProvider clock,
    ILogger<AuditChainCheck> logger) : PeriodicJob(options.Value.CheckInterval, turns, clock, logger)
{
    private readonly ILogger _logger = logger;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        if (await chain.CheckNextAsync(ct) is { } sequence)
        {
            LogBroken(_logger, sequence);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The audit log is broken at sequence {Sequence}: a row was changed, removed or moved")]
    private static partial void LogBroken(ILogger logger, long sequence);
}
