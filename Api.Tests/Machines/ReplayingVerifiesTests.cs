using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class ReplayingVerifiesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _requestId = MachineCalls.NewRequestId();

    [Fact]
    public async Task A_lost_answer_is_given_again_as_often_as_it_is_asked_for()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        using var lost = await App.PostVerifyAsync(hash, first, Ct, _requestId);
        Assert.False(lost.IsReplay());
        App.Clock.Advance(TimeSpan.FromDays(400));

        for (var i = 0; i < 3; i++)
        {
            using var again = await App.PostVerifyAsync(hash, first, Ct, _requestId);

            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.True(again.IsReplay());
            Assert.Equal(await lost.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        }

        Assert.Equal(0, await MismatchesAsync(hash));
        await App.VerifyAsync(hash, await MachineCalls.DateOf(lost, Ct), Ct);
    }

    [Fact]
    [Shows("machine-date-mismatch")]
    public async Task A_copy_does_not_know_the_request_id_and_is_counted()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        var second = await App.VerifyAsync(hash, first, Ct, _requestId);

        using var without = await App.PostVerifyAsync(hash, first, Ct);
        using var another = await App.PostVerifyAsync(hash, first, Ct, MachineCalls.NewRequestId());

        await without.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        await another.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        Assert.Equal(2, await MismatchesAsync(hash));
        await App.VerifyAsync(hash, second, Ct);
    }

    [Fact]
    public async Task A_request_id_does_not_excuse_another_date()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        await App.VerifyAsync(hash, first, Ct, _requestId);

        using var answer = await App.PostVerifyAsync(hash, "2026-11-21T19:19:00.0000001Z", Ct, _requestId);

        await answer.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        Assert.Equal(1, await MismatchesAsync(hash));
    }

    [Fact]
    public async Task After_the_next_step_the_one_before_is_not_given_again()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        var second = await App.VerifyAsync(hash, first, Ct, _requestId);
        await App.VerifyAsync(hash, second, Ct, MachineCalls.NewRequestId());

        using var late = await App.PostVerifyAsync(hash, first, Ct, _requestId);

        await late.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        Assert.Equal(1, await MismatchesAsync(hash));
    }

    [Fact]
    public async Task A_step_without_a_request_id_forgets_the_last()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        var second = await App.VerifyAsync(hash, first, Ct, _requestId);
        await App.VerifyAsync(hash, second, Ct);

        using var first2 = await App.PostVerifyAsync(hash, first, Ct, _requestId);
        using var second2 = await App.PostVerifyAsync(hash, second, Ct, _requestId);

        await first2.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        await second2.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        Assert.Equal(2, await MismatchesAsync(hash));
    }

    [Fact]
    public async Task A_request_id_with_the_current_date_is_an_ordinary_step_even_a_used_one()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        var second = await App.VerifyAsync(hash, first, Ct, _requestId);

        using var step = await App.PostVerifyAsync(hash, second, Ct, _requestId);

        Assert.Equal(HttpStatusCode.OK, step.StatusCode);
        Assert.False(step.IsReplay());
        Assert.True(string.CompareOrdinal(await MachineCalls.DateOf(step, Ct), second) > 0);
    }

    [Fact]
    public async Task Of_sixteen_sendings_at_once_one_steps_and_all_get_its_date()
    {
        var (hash, first) = await App.RegisterAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.PostVerifyAsync(hash, first, Ct, _requestId)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, answer => !answer.IsReplay());
        var dates = await Task.WhenAll(answers.Select(answer => MachineCalls.DateOf(answer, Ct)));
        var machine = await App.MachineAsync(hash, Ct);
        Assert.All(dates, date => Assert.Equal(machine.GetProperty("lastAccessedDate").GetString(), date));
        Assert.Equal(0, machine.GetProperty("mismatchCount").GetInt32());
    }

    [Fact]
    [Shows("machine-disabled")]
    public async Task A_disabled_machine_gets_nothing_again()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        await App.VerifyAsync(hash, first, Ct, _requestId);
        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);

        using var again = await App.PostVerifyAsync(hash, first, Ct, _requestId);

        await again.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
        Assert.False(again.IsReplay());
        Assert.Equal(0, await MismatchesAsync(hash));
    }

    [Fact]
    public async Task A_replay_is_not_audited()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        await App.VerifyAsync(hash, first, Ct, _requestId);
        await App.VerifyAsync(hash, first, Ct, _requestId);

        using var audit = await App.Administrator.GetAsync("/v1/audit", Ct);

        var entries = (await audit.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("items").EnumerateArray();
        Assert.Equal(
            ["master-key-created", "node-admitted", "signing-key-created", "coffer-key-created", "machine-registered"],
            entries.Select(entry => entry.GetProperty("action").GetString()));
    }

    private async Task<int> MismatchesAsync(string hash) => (await App.MachineAsync(hash, Ct)).GetProperty("mismatchCount").GetInt32();

    public sealed class OnSqlite() : ReplayingVerifiesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ReplayingVerifiesTests(DatabaseProvider.Postgres);
}
