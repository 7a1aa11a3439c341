using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Idempotency;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>A background job that serves the whole deployment runs at one node at a time.</summary>
public sealed class TakingTurnsTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Theory]
    [InlineData(typeof(IdempotencySweeper), "idempotency")]
    [InlineData(typeof(WindowSweeper), "window_keys")]
    [InlineData(typeof(SessionSweeper), "sessions")]
    public async Task Of_eight_rounds_at_two_nodes_at_once_one_runs(Type job, string table)
    {
        await using var other = await App.StartNodeAsync(Ct);
        await using var stopped = await TableLock.TakeAsync(App.ConnectionString!, table, Ct);
        var rounds = Enumerable.Range(0, 8).Select(i => JobOf(i % 2 == 0 ? App : other, job).RunInTurnAsync(Ct)).ToList();

        for (var i = 0; i < 7; i++)
        {
            var refused = await Task.WhenAny(rounds); // Who has the turn waits for the table.
            Assert.False(await refused);
            rounds.Remove(refused);
        }

        var running = Assert.Single(rounds);
        await stopped.WaitForBlockedAsync(Ct);
        Assert.False(running.IsCompleted);
        await stopped.ReleaseAsync(Ct);
        Assert.True(await running);
        Assert.True(await JobOf(other, job).RunInTurnAsync(Ct)); // The turn was given back.
    }

    [Fact]
    public async Task A_round_that_is_given_up_gives_its_turn_back()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (here, there) = (JobOf(App, typeof(SessionSweeper)), JobOf(other, typeof(SessionSweeper)));
        await using (var stopped = await TableLock.TakeAsync(App.ConnectionString!, "sessions", Ct))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var round = here.RunInTurnAsync(stop.Token);
            await stopped.WaitForBlockedAsync(Ct);
            Assert.False(await there.RunInTurnAsync(Ct));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);
        }

        Assert.True(await there.RunInTurnAsync(Ct));
    }

    [Fact]
    public async Task Every_node_checks_the_audit_log_for_itself()
    {
        await using var other = await App.StartNodeAsync(Ct);
        await using var stopped = await TableLock.TakeAsync(App.ConnectionString!, "audit", Ct);

        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => JobOf(i % 2 == 0 ? App : other, typeof(AuditChainCheck)).RunInTurnAsync(Ct)));

        Assert.All(rounds, Assert.True);
    }

    private static PeriodicJob JobOf(RepositoryApp app, Type job) => (PeriodicJob)app.Services.GetRequiredService(job);
}
