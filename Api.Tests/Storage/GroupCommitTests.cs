using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>What is true of the embedded database's one writer only.</summary>
public sealed class GroupCommitTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task Fifty_writes_that_wait_together_share_one_commit()
    {
        await App.CreateScratchAsync(Ct);
        using var blocker = new BlockingWrite();
        var blocked = App.Writes.ExecuteAsync(blocker, Ct);
        await blocker.Entered.WaitAsync(Ct);
        var commits = 0L;
        using var meters = ListenToCommits(added => Interlocked.Add(ref commits, added));

        var writes = Enumerable.Range(0, 50).Select(i => App.Writes.ExecuteAsync(Scratch.InsertOne(i), Ct)).ToList();
        blocker.Release();
        await Task.WhenAll(writes);

        Assert.True(await blocked);
        Assert.Equal(2, Interlocked.Read(ref commits)); // The blocker's, and theirs.
    }

    [Fact]
    public async Task Nothing_of_a_group_is_seen_or_acknowledged_before_it_is_committed()
    {
        await App.CreateScratchAsync(Ct);
        using var first = new BlockingWrite();
        using var second = new BlockingWrite();
        var opening = App.Writes.ExecuteAsync(first, Ct);
        await first.Entered.WaitAsync(Ct);
        var write = App.Writes.ExecuteAsync(Scratch.InsertOne(1), Ct);
        var last = App.Writes.ExecuteAsync(second, Ct);
        first.Release();
        await second.Entered.WaitAsync(Ct);

        Assert.False(write.IsCompleted);
        Assert.Empty(await App.ReadScratchAsync(Ct));
        second.Release();
        await Task.WhenAll(opening, write, last);
        Assert.Equal([1], (await App.ReadScratchAsync(Ct)).Keys);
    }

    [Fact]
    public async Task An_operation_that_awaits_anything_but_the_database_fails_and_leaves_nothing()
    {
        await App.CreateScratchAsync(Ct);
        var never = new TaskCompletionSource<int>();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => App.Writes.ExecuteAsync(
            new TestWrite<int>(async (transaction, ct) => await Scratch.InsertAsync(transaction, 1, ct) + await never.Task),
            Ct));

        Assert.Contains("waited for something other than the database", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await App.ReadScratchAsync(Ct));
        Assert.Equal(1, await App.Writes.ExecuteAsync(Scratch.InsertOne(2), Ct));
    }

    [Fact]
    public async Task What_is_queued_when_the_server_stops_is_written_first()
    {
        await App.CreateScratchAsync(Ct);
        using var blocker = new BlockingWrite();
        var blocked = App.Writes.ExecuteAsync(blocker, Ct);
        await blocker.Entered.WaitAsync(Ct);
        var writes = Enumerable.Range(0, 10).Select(i => App.Writes.ExecuteAsync(Scratch.InsertOne(i), Ct)).ToList();

        var stopped = App.StopAsync(Ct);
        blocker.Release();
        await stopped;

        Assert.True(await blocked);
        Assert.All(await Task.WhenAll(writes), rows => Assert.Equal(1, rows));
        await App.StartAsync(Ct);
        Assert.Equal(10, (await App.ReadScratchAsync(Ct)).Count);
    }

    private MeterListener ListenToCommits(Action<long> add)
    {
        var factory = App.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name is "repository.storage.commits" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => add(measurement));
        listener.Start();
        return listener;
    }
}
