using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Rooms;

namespace Repository.Infrastructure.Signals;

/// <summary>
/// Has every room that is waited on read again, at <c>Rooms:RereadInterval</c>: the safety net for signals that were lost. A room is read
/// once, however many wait on it.
/// </summary>
internal sealed class RereadRooms(LocalSignals local, IOptions<RoomOptions> options, JobTurns turns, TimeProvider clock, ILogger<RereadRooms> logger)
    : PeriodicJob(options.Value.RereadInterval, turns, clock, logger)
{
    internal override Task RunOnceAsync(CancellationToken ct)
    {
        local.RaiseRooms();
        return Task.CompletedTask;
    }
}
