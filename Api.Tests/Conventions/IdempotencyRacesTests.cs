using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public abstract class IdempotencyRacesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private protected const string Key = "the-key";

    private protected readonly string _hash = MachineCalls.NewHash();

    protected override (string Name, string Value)[] Settings => [("Database:WriteConcurrency", "1")];

    [Fact]
    [Shows("idempotency-in-progress")]
    public async Task While_the_first_is_running_the_second_is_told_so_whatever_its_body()
    {
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var first = App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await writer.WaitForQueuedAsync(1, Ct);

        using var second = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        using var another = await App.Anonymous.RegisterKeyedAsync(MachineCalls.NewHash(), Key, Ct);
        await second.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", Ct);
        await another.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", Ct);
        Assert.False(first.IsCompleted);
        await writer.ReleaseAsync();

        using var done = await first;
        await done.IsAsync(HttpStatusCode.Created, Ct);
        using var third = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct); // The refusal was not stored.
        await third.AssertReplaysAsync(done, Ct);
        Assert.Single(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_at_once_one_takes_effect_and_the_rest_get_its_answer_or_are_told_to_wait()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct)));

        await OneTookEffectAsync(answers);
    }

    [Fact]
    public async Task Of_sixteen_verifies_with_one_key_at_once_one_steps_and_none_is_evidence()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var json = $$"""{"lastAccessedDate":"{{date}}"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct)));

        var first = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK && !answer.IsReplay());
        var machine = await App.MachineAsync(hash, Ct);
        Assert.Equal(await MachineCalls.DateOf(first, Ct), machine.GetProperty("lastAccessedDate").GetString());
        Assert.Equal(0, machine.GetProperty("mismatchCount").GetInt32());
        using var again = await App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct);
        await again.AssertReplaysAsync(first, Ct);
    }

    [Fact]
    public async Task Sixteen_replays_at_once_all_get_the_stored_answer()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct)));

        foreach (var again in answers)
        {
            await again.AssertReplaysAsync(first, Ct);
        }
    }

    [Fact]
    public async Task A_replay_that_waits_in_the_queue_stands_in_no_other_replays_way()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var waiting = App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await writer.WaitForQueuedAsync(1, Ct);

        using var again = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        using var another = await App.Anonymous.RegisterKeyedAsync(MachineCalls.NewHash(), Key, Ct);

        await again.AssertReplaysAsync(first, Ct);
        await another.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct);
        await writer.ReleaseAsync();
        using var waited = await waiting;
        await waited.AssertReplaysAsync(first, Ct);
    }

    private protected async Task OneTookEffectAsync(IReadOnlyCollection<HttpResponseMessage> answers)
    {
        var first = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !answer.IsReplay());
        foreach (var other in answers.Where(answer => answer != first))
        {
            if (other.StatusCode == HttpStatusCode.Conflict)
            {
                await other.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", Ct);
            }
            else
            {
                await other.AssertReplaysAsync(first, Ct);
            }
        }

        Assert.Single(await App.MachinesAsync(Ct));
        Assert.Single(await App.AuditAsync("machine-registered", Ct));
    }

    public sealed class OnSqlite() : IdempotencyRacesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : IdempotencyRacesTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task Of_sixteen_at_two_nodes_at_once_one_takes_effect()
        {
            await using var other = await App.StartNodeAsync(Ct);

            var answers = await Task.WhenAll(Enumerable.Range(0, 16)
                .Select(i => (i % 2 == 0 ? App : other).Anonymous.RegisterKeyedAsync(_hash, Key, Ct)));

            await OneTookEffectAsync(answers);
            using var replay = await other.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
            Assert.True(replay.IsReplay());
        }

        [Fact]
        public async Task While_one_node_runs_the_first_the_other_node_says_so()
        {
            await using var other = await App.StartNodeAsync(Ct);
            await using var block = await TableLock.TakeAsync(App.ConnectionString!, "machines", Ct);
            var first = App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
            await block.WaitForBlockedAsync(Ct);

            using var second = await other.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
            await second.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", Ct);
            await block.ReleaseAsync(Ct);

            using var done = await first;
            await done.IsAsync(HttpStatusCode.Created, Ct);
            using var third = await other.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
            await third.AssertReplaysAsync(done, Ct);
        }
    }
}
