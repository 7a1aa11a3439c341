using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// Reads the nodes every second, so that this one notices within that time that it was admitted or disabled, and that others were; and notes
/// every <see cref="SeenInterval"/> that this node serves. A database that is out of reach changes nothing: nothing can be served from it either.
/// </summary>
internal sealed partial class NodeWatch(NodeDirectory directory, NodeSightings sightings, JobTurns turns, TimeProvider clock, ILogger<NodeWatch> logger)
    : PeriodicJob(TimeSpan.FromSeconds(1), turns, clock, logger)
{
    /// <summary>How often a node that serves says so.</summary>
    public static readonly TimeSpan SeenInterval = TimeSpan.FromSeconds(10);

    /// <summary>A node that has not said so for as long as this is taken not to serve any more.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = logger;
    private bool _isBlind;

    internal override async Task RunOnceAsync(CancellationToken ct)
    {
        try
        {
            await directory.RefreshAsync(ct);
            await sightings.NoteAsync(ct);
            _isBlind = false;
        }
        catch (Exception outage) when (outage is WriteQueueFullException || StorageOutage.Caused(outage))
        {
            if (!_isBlind)
            {
                LogBlind(_logger, outage); // Once, not every second.
            }

            _isBlind = true;
        }
    }

    /// <summary>Every node watches, also one that waits or is disabled: this is how it learns that it is not any more.</summary>
    protected override ValueTask<bool> IsMyTurnAsync(CancellationToken ct) => new(true);

    [LoggerMessage(LogLevel.Warning, "The nodes cannot be read, or this one's sighting not be written; this goes on every second")]
    private static partial void LogBlind(ILogger logger, Exception outage);
}
