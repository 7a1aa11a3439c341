using Microsoft.EntityFrameworkCore;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>On PostgreSQL writes run side by side, and the database undoes one of two that stand in each other's way.</summary>
public sealed class LosingRacesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task Two_writes_that_lock_rows_in_opposite_order_both_succeed()
    {
        await MakeRowsAsync();
        var meeting = new Meeting();

        await Task.WhenAll(App.Writes.ExecuteAsync(Crossing(1, 2), Ct), App.Writes.ExecuteAsync(Crossing(2, 1), Ct));

        Assert.Equal(new Dictionary<long, long> { [1] = 2, [2] = 2 }, await App.ReadScratchAsync(Ct));
        Assert.InRange(meeting.Attempts, 3, 20); // One was undone and ran again, perhaps into the same deadlock.

        TestWrite<int> Crossing(long first, long second) => new(async (transaction, ct) =>
        {
            await Scratch.IncrementAsync(transaction, first, ct);
            await meeting.ArriveAsync(ct);
            return await Scratch.IncrementAsync(transaction, second, ct);
        });
    }

    [Fact]
    public async Task Two_serializable_writes_of_what_both_read_both_succeed_one_after_the_other()
    {
        await MakeRowsAsync();
        var meeting = new Meeting();

        await Task.WhenAll(App.Writes.ExecuteAsync(ReadThenWrite(), Ct), App.Writes.ExecuteAsync(ReadThenWrite(), Ct));

        Assert.Equal(2, (await App.ReadScratchAsync(Ct))[1]);
        Assert.Equal(3, meeting.Attempts);

        TestWrite<int> ReadThenWrite() => new(async (transaction, ct) =>
        {
            var database = transaction.Db.Database;
            await database.ExecuteSqlAsync($"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", ct);
            var value = (await database.SqlQuery<long>($"SELECT value AS \"Value\" FROM scratch WHERE id = 1").ToListAsync(ct))[0];
            await meeting.ArriveAsync(ct);
            return await database.ExecuteSqlAsync($"UPDATE scratch SET value = {value + 1} WHERE id = 1", ct);
        });
    }

    [Fact]
    public async Task A_write_that_loses_every_race_is_given_up_as_an_outage()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => App.Writes.ExecuteAsync(
            new TestWrite<int>((transaction, ct) =>
            {
                attempts++;
                return new ValueTask<int>(transaction.Db.Database.ExecuteSqlAsync(
                    $"DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$",
                    ct));
            }),
            Ct));

        Assert.Equal(20, attempts);
        await App.CreateScratchAsync(Ct);
    }

    private async Task MakeRowsAsync()
    {
        await App.CreateScratchAsync(Ct);
        await App.Writes.ExecuteAsync(Scratch.InsertOne(1), Ct);
        await App.Writes.ExecuteAsync(Scratch.InsertOne(2), Ct);
    }

    /// <summary>Lets the first two attempts go on only when both are there.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _attempts;

        public int Attempts => Volatile.Read(ref _attempts);

        public Task ArriveAsync(CancellationToken ct)
        {
            if (Interlocked.Increment(ref _attempts) == 2)
            {
                _both.SetResult();
            }

            return _both.Task.WaitAsync(ct);
        }
    }
}
