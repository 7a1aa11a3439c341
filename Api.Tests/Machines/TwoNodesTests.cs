using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public sealed class TwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task A_machine_registered_at_one_verifies_at_the_other()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (hash, first) = await App.RegisterAsync(Ct);

        var second = await other.VerifyAsync(hash, first, Ct);
        var third = await App.VerifyAsync(hash, second, Ct);

        Assert.Equal(third, (await other.MachineAsync(hash, Ct)).GetProperty("lastAccessedDate").GetString());
    }

    [Fact]
    public async Task Of_fifty_verifies_of_one_date_split_over_both_one_wins()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (hash, date) = await App.RegisterAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? App : other).PostVerifyAsync(hash, date, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        }

        var machine = await other.MachineAsync(hash, Ct);
        Assert.Equal(49, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal(await MachineCalls.DateOf(winner, Ct), machine.GetProperty("lastAccessedDate").GetString());
        Assert.Single(await App.AuditAsync("machine-date-mismatch", Ct));
    }

    [Fact]
    public async Task Of_fifty_registrations_of_one_hash_split_over_both_one_is_left()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var hash = MachineCalls.NewHash();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? App : other).PostMachineAsync(hash, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task A_lost_answer_of_one_is_given_again_by_the_other()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (hash, first) = await App.RegisterAsync(Ct);
        var requestId = MachineCalls.NewRequestId();
        using var lost = await App.PostVerifyAsync(hash, first, Ct, requestId);

        using var again = await other.PostVerifyAsync(hash, first, Ct, requestId);

        Assert.True(again.IsReplay());
        Assert.Equal(await MachineCalls.DateOf(lost, Ct), await MachineCalls.DateOf(again, Ct));
    }

    [Fact]
    public async Task A_machine_disabled_at_one_is_refused_at_the_other()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var (hash, date) = await App.RegisterAsync(Ct);
        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);

        using var answer = await other.PostVerifyAsync(hash, date, Ct);

        await answer.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
    }
}
