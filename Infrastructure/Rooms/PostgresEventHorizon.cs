using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>
/// On PostgreSQL a number is settled once every transaction has ended that was writing events when it was given. That is found in two
/// steps: note the highest number given, then who holds the lock that writing to the table takes. It is taken before a number is, and let go
/// after the commit is visible; so when all who held it have let it go, whoever had a number up to the noted one is seen or never will be.
/// Transactions that write something else, or in another database, hold up nothing.
/// </summary>
internal sealed class PostgresEventHorizon(Database database) : EventHorizon, IDisposable
{
    private static readonly Statement SelectGiven = new("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM room_events_number_seq");

    private static readonly Statement SelectWriters = new(
        """
        SELECT DISTINCT convert_to(virtualtransaction, 'UTF8') FROM pg_locks
        WHERE locktype = 'relation' AND relation = 'room_events'::regclass AND mode = 'RowExclusiveLock' AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """);

    private readonly SemaphoreSlim _asking = new(1);
    private long _settled;
    private long _given;
    private (long Number, HashSet<string> Writers)? _noted;

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
        var given = (await database.QueryAsync(SelectGiven, [], ct))[0].Number(0);
        Volatile.Write(ref _given, given);
        if (given == _settled)
        {
            return;
        }

        var writers = (await database.QueryAsync(SelectWriters, [], ct)).Select(static row => Convert.ToHexString(row.Bytes(0)));
        if (_noted is { } noted)
        {
            noted.Writers.IntersectWith(writers);
        }
        else
        {
            _noted = noted = (given, writers.ToHashSet(StringComparer.Ordinal));
        }

        if (noted.Writers.Count == 0)
        {
            Volatile.Write(ref _settled, noted.Number);
            _noted = null;
        }
    }
}
