using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>One writer on either database, and three places in the queue.</summary>
public abstract class WaitingWritesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1"), ("Database:WriteQueueLength", "3")];

    [Fact]
    public async Task A_write_whose_caller_left_before_it_began_is_not_begun()
    {
        using var blocker = new BlockingWrite();
        var blocked = await BlockAsync(blocker);
        var began = false;
        using var leaving = new CancellationTokenSource();
        var write = App.Writes.ExecuteAsync(
            new TestWrite<bool>((_, _) =>
            {
                began = true;
                return ValueTask.FromResult(true);
            }),
            leaving.Token);

        await leaving.CancelAsync();
        blocker.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.True(await blocked);
        Assert.False(began);
    }

    [Fact]
    public async Task One_more_write_than_the_queue_holds_is_refused_at_once_and_the_waiting_ones_are_done()
    {
        await App.CreateScratchAsync(Ct);
        using var blocker = new BlockingWrite();
        var blocked = await BlockAsync(blocker);
        var waiting = Enumerable.Range(1, 3).Select(id => App.Writes.ExecuteAsync(Scratch.InsertOne(id), Ct)).ToList();

        await Assert.ThrowsAsync<WriteQueueFullException>(() => App.Writes.ExecuteAsync(Scratch.InsertOne(4), Ct));
        using var refused = await App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        blocker.Release();
        await Task.WhenAll(waiting);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("overloaded", await RepositoryApp.CodeOf(refused, Ct));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.True(await blocked);
        Assert.Equal([1, 2, 3], (await App.ReadScratchAsync(Ct)).Keys.Order());
        await App.RegisterAsync(Ct);
    }

    [Fact]
    public async Task The_status_shows_how_many_writes_wait_or_run()
    {
        using var blocker = new BlockingWrite();
        var blocked = await BlockAsync(blocker);
        var waiting = Enumerable.Range(0, 2).Select(_ => App.RegisterAsync(Ct)).ToList();
        while (App.Writes.Depth < 3)
        {
            await Task.Yield(); // The requests are on their way.
        }

        using var answer = await App.Administrator.GetAsync("/v1/status", Ct);
        blocker.Release();
        await Task.WhenAll(waiting);

        Assert.Equal(3, (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("queueDepth").GetInt32());
        Assert.True(await blocked);
    }

    private async Task<Task<bool>> BlockAsync(BlockingWrite blocker)
    {
        var blocked = Task.Run(() => App.Writes.ExecuteAsync(blocker, Ct), Ct);
        await blocker.Entered.WaitAsync(Ct);
        return blocked;
    }

    public sealed class OnSqlite() : WaitingWritesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : WaitingWritesTests(DatabaseProvider.Postgres);
}
