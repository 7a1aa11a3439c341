using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// How far the numbers of events are settled. Numbers are taken before the commit, so an event may become visible after one of another room
/// with a higher number: a reader that goes by numbers must not go past one that may still come.
/// </summary>
internal abstract class EventHorizon
{
    /// <summary>
    /// A number such that whoever begins to read now sees every event with this number or a lower one that there will ever be; and the
    /// highest number that was given.
    /// </summary>
    public abstract ValueTask<(long Settled, long Given)> ReadAsync(CancellationToken ct);
}

/// <summary>On SQLite there is one writer: what has a number is there.</summary>
internal sealed class SqliteEventHorizon(Database database) : EventHorizon
{
    private static readonly Statement Select = new("SELECT seq FROM sqlite_sequence WHERE name = 'room_events'");

    public override async ValueTask<(long Settled, long Given)> ReadAsync(CancellationToken ct) =>
        await database.QueryAsync(Select, [], ct) is [var row] ? (row.Number(0), row.Number(0)) : (0, 0);
}
