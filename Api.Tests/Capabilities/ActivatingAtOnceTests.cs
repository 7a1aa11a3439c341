using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

public abstract class ActivatingAtOnceTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    // Turns of giving and taking need seats that are free at once.
    protected override (string Name, string Value)[] Settings => [("Capabilities:SeatCooldown", "00:00:00")];

    [Fact]
    public Task Fifty_machines_on_five_seats_leave_exactly_five() => FiftyOnFiveAsync(App);

    [Fact]
    public Task One_machine_sixteen_times_gets_one_seat() => SixteenTimesAsync(App);

    [Fact]
    public Task Machines_that_come_and_go_never_hold_more_seats_than_there_are() => ComingAndGoingAsync(App);

    [Fact]
    public async Task One_machine_that_is_activated_and_released_at_once_holds_one_seat_or_none()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 16)
                .Select(i => i % 2 == 0 ? App.PutSeatAsync(capability, machine, Ct) : App.DeleteSeatAsync(capability, machine, Ct)));

            Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString()));
            var holders = await App.HoldersAsync(capability, Ct);
            Assert.InRange(holders.Length, 0, 1);
            Assert.Equal(holders.Length, await App.UsedSeatsAsync(capability, Ct));
            Assert.Equal(holders.Length, await EventsAsync("seat-activated") - await EventsAsync("seat-released"));
        }
    }

    [Fact]
    public async Task Sixteen_releases_of_one_seat_count_once()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        await App.ActivateAsync(capability, machines[1], Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.DeleteSeatAsync(capability, machines[0], Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        await App.HeldByAsync(capability, Ct, machines[1]);
        Assert.Equal(1, await EventsAsync("seat-released"));
    }

    [Fact]
    public async Task Sixteen_revocations_leave_one_date_and_one_entry()
    {
        var capability = await App.NewCapabilityAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.RevokeAsync(capability, Ct)));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await EventsAsync("capability-revoked"));
    }

    /// <summary>Seats of one capability, claimed at these nodes by turns.</summary>
    private protected async Task FiftyOnFiveAsync(params RepositoryApp[] nodes)
    {
        var capability = await App.NewCapabilityAsync(5, Ct);
        var machines = await App.NewMachinesAsync(50, Ct);

        var answers = await Task.WhenAll(machines.Select((machine, i) => nodes[i % nodes.Length].PutSeatAsync(capability, machine, Ct)));

        var winners = machines.Where((_, i) => answers[i].StatusCode == HttpStatusCode.Created).ToArray();
        Assert.Equal(5, winners.Length);
        foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "seats-exhausted", Ct);
        }

        Assert.Equal(winners.Order(StringComparer.Ordinal), (await App.HoldersAsync(capability, Ct)).Order(StringComparer.Ordinal));
        Assert.Equal(5, await App.UsedSeatsAsync(capability, Ct));
        Assert.Equal(5, await EventsAsync("seat-activated"));
    }

    private protected async Task SixteenTimesAsync(params RepositoryApp[] nodes)
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machine = await App.NewMachineAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes[i % nodes.Length].PutSeatAsync(capability, machine, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var seats = await Task.WhenAll(answers.Select(answer => RepositoryApp.JsonOf(answer, Ct)));
        Assert.Single(seats.Select(seat => seat.GetProperty("activatedDate").GetString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(16, seats.Select(seat => seat.GetProperty("token").GetString()).Distinct(StringComparer.Ordinal).Count());
        await App.HeldByAsync(capability, Ct, machine);
        Assert.Equal(1, await EventsAsync("seat-activated"));
    }

    private protected async Task ComingAndGoingAsync(params RepositoryApp[] nodes)
    {
        var capability = await App.NewCapabilityAsync(4, Ct);
        var machines = await App.NewMachinesAsync(12, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);

        await Task.WhenAll(machines.Select(ComeAndGoAsync));

        var holders = await App.HoldersAsync(capability, Ct);
        Assert.InRange(holders.Length, 0, 4);
        Assert.Equal(holders.Length, await App.UsedSeatsAsync(capability, Ct));
        Assert.Equal(holders.Length, await EventsAsync("seat-activated") - await EventsAsync("seat-released"));

        // As many as are free can still be claimed, and not one more.
        var given = await Task.WhenAll(machines.Except(holders, StringComparer.Ordinal).Select(machine => App.PutSeatAsync(capability, machine, Ct)));
        Assert.Equal(4 - holders.Length, given.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(4, await App.UsedSeatsAsync(capability, Ct));

        async Task ComeAndGoAsync(string machine, int i)
        {
            var node = nodes[i % nodes.Length];
            for (var turn = 0; turn < 6; turn++)
            {
                using var come = await node.PutSeatAsync(capability, machine, Ct);
                Assert.True(come.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Conflict, come.StatusCode.ToString());
                Assert.InRange(await node.UsedSeatsAsync(capability, Ct), 0, 4);
                if (turn < 5 || i % 3 > 0)
                {
                    await node.ReleaseAsync(capability, machine, Ct);
                }
            }
        }
    }

    private protected async Task<int> EventsAsync(string action) => (await App.AuditAsync(action, Ct)).Count;

    public sealed class OnSqlite() : ActivatingAtOnceTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ActivatingAtOnceTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task Fifty_machines_at_two_nodes_on_five_seats_leave_exactly_five()
        {
            await using var other = await App.StartNodeAsync(Ct);

            await FiftyOnFiveAsync(App, other);
        }

        [Fact]
        public async Task One_machine_sixteen_times_at_two_nodes_gets_one_seat()
        {
            await using var other = await App.StartNodeAsync(Ct);

            await SixteenTimesAsync(App, other);
        }

        [Fact]
        public async Task Machines_that_come_and_go_at_two_nodes_never_hold_more_seats_than_there_are()
        {
            await using var other = await App.StartNodeAsync(Ct);

            await ComingAndGoingAsync(App, other);
        }

        [Fact]
        public async Task A_revocation_at_one_node_counts_at_the_other_with_its_next_request()
        {
            await using var other = await App.StartNodeAsync(Ct);
            var capability = await App.NewCapabilityAsync(Ct);
            var machine = await App.NewMachineAsync(Ct);
            await other.ActivateAsync(capability, machine, Ct);

            await App.RevokeAsync(capability, Ct);

            using var answer = await other.PutSeatAsync(capability, machine, Ct);
            var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
            Assert.Equal(["revoked"], CapabilityCalls.ReasonsOf(problem));
        }

        [Fact]
        public async Task What_changed_while_an_activation_waited_for_its_turn_counts()
        {
            var revoked = await App.NewCapabilityAsync(Ct);
            var disabled = await App.NewCapabilityAsync(Ct);
            var machines = await App.NewMachinesAsync(2, Ct);
            await using var block = await TableLock.TakeAsync(App.ConnectionString!, "capabilities", Ct);
            var first = App.PutSeatAsync(revoked, machines[0], Ct);
            var second = App.PutSeatAsync(disabled, machines[1], Ct);
            await block.WaitForBlockedAsync(2, Ct);

            using var revocation = await App.Administrator.PostRevocationAsync(revoked.Guid, $$"""{"issuerGuid":"{{revoked.Issuer.Guid}}"}""", Ct);
            using var patched = await App.PatchMachineAsync(machines[1], 0, Ct);
            await revocation.IsAsync(HttpStatusCode.OK, Ct);
            await patched.IsAsync(HttpStatusCode.OK, Ct);
            await block.ReleaseAsync(Ct);

            using var invalid = await first;
            using var forbidden = await second;
            var problem = await invalid.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
            Assert.Equal(["revoked"], CapabilityCalls.ReasonsOf(problem));
            await forbidden.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
            Assert.Equal(0, await EventsAsync("seat-activated"));
        }
    }
}
