using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// On PostgreSQL a number is settled once every transaction that ran when it was given has ended. That is found in two steps: note the
/// highest number given, then take a transaction id; when that id and all before it have ended, whoever had a number up to the noted one has
/// committed or never will. (A transaction that appends to a log has its id before it takes a number: it updates the room first.)
/// </summary>
internal sealed class PostgresEventHorizon(Database database) : EventHorizon, IDisposable
{
    private static readonly Statement SelectGiven = new("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM room_events_number_seq");

    private static readonly Statement TakeTransaction = new("SELECT pg_current_xact_id()::text::bigint");

    private static readonly Statement SelectOldest = new("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");

    private readonly SemaphoreSlim _asking = new(1);
    private long _settled;
    private long _given;
    private (long Number, long Transaction)? _noted;

    public override async ValueTask<(long Settled, long Given)> ReadAsync(CancellationToken ct)
    {
        // An older answer is as true as a newer one: whoever finds another asking takes it.
        if (await _asking.WaitAsync(TimeSpan.Zero, ct))
        {
            try
            {
                await AdvanceAsync(ct);
            }
            finally
            {
                _asking.Release();
            }
        }

        return (Volatile.Read(ref _settled), Volatile.Read(ref _given));
    }

    public void Dispose() => _asking.Dispose();

    private async ValueTask AdvanceAsync(CancellationToken ct)
    {
        var given = await AskAsync(SelectGiven, ct);
        Volatile.Write(ref _given, given);
        if (_noted is null && given > _settled)
        {
            _noted = (given, await AskAsync(TakeTransaction, ct));
        }

        if (_noted is { } noted && await AskAsync(SelectOldest, ct) > noted.Transaction)
        {
            Volatile.Write(ref _settled, noted.Number);
            _noted = null;
        }
    }

    private async ValueTask<long> AskAsync(Statement statement, CancellationToken ct) => (await database.QueryAsync(statement, [], ct))[0].Number(0);
}
