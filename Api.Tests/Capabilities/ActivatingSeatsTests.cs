using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

public abstract class ActivatingSeatsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_machine_gets_a_seat_and_a_token_and_where_it_is()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);

        using var answer = await App.PutSeatAsync(capability, machine, Ct);

        var seat = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(["capabilityGuid", "machineRegisterHash", "activatedDate", "token"], seat.EnumerateObject().Select(member => member.Name));
        Assert.Equal(capability.Guid, seat.GetProperty("capabilityGuid").GetString());
        Assert.Equal(machine, seat.GetProperty("machineRegisterHash").GetString());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", seat.GetProperty("activatedDate").GetString());
        Assert.Equal(JsonValueKind.String, seat.GetProperty("token").ValueKind);
        Assert.Equal(CapabilityCalls.SeatPath(capability.Guid, machine), answer.HeaderOf("Location"));
        await App.HeldByAsync(capability, Ct, machine);
    }

    [Fact]
    public async Task The_same_machine_again_keeps_its_date_and_gets_a_fresh_token()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        var first = await App.ActivateAsync(capability, machine, Ct);
        App.Clock.Advance(TimeSpan.FromDays(1));

        using var answer = await App.PutSeatAsync(capability, machine, Ct);

        var again = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Null(answer.HeaderOf("Location"));
        Assert.Equal(["activatedDate", "capabilityGuid", "machineRegisterHash", "token"], Answers.MembersOf(again));
        Assert.Equal(first.GetProperty("activatedDate").GetString(), again.GetProperty("activatedDate").GetString());
        Assert.NotEqual(first.GetProperty("token").GetString(), again.GetProperty("token").GetString());
        await App.HeldByAsync(capability, Ct, machine);
        Assert.Single(await App.SeatEventsAsync("seat-activated", Ct));
    }

    [Fact]
    public async Task Another_spelling_of_the_file_is_the_same_capability()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        var spaced = $$""" { "verification" : {"signature":"{{Convert.ToBase64String(capability.Signature)}}","algorithm":"EdDSA"}, "content" : {{capability.Content}} } """;

        using var again = await RepositoryApp.SendAsync(
            App.Anonymous,
            HttpMethod.Put,
            CapabilityCalls.SeatPath(capability.Guid, machine),
            spaced,
            Ct);

        await again.IsAsync(HttpStatusCode.OK, Ct);
        await App.HeldByAsync(capability, Ct, machine);
    }

    [Fact]
    public async Task One_machine_holds_seats_of_several_capabilities_and_each_counts_its_own()
    {
        var one = await App.NewCapabilityAsync(Ct);
        var other = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);

        await App.ActivateAsync(one, machines[0], Ct);
        await App.ActivateAsync(other, machines[0], Ct);
        await App.ActivateAsync(other, machines[1], Ct);

        await App.HeldByAsync(one, Ct, machines[0]);
        await App.HeldByAsync(other, Ct, machines);
    }

    [Fact]
    [Shows("seats-exhausted")]
    public async Task The_last_seat_is_given_and_none_after_it()
    {
        var capability = await App.NewCapabilityAsync(3, Ct);
        var machines = await App.NewMachinesAsync(4, Ct);
        foreach (var machine in machines[..3])
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        var retryAfter = await App.NoSeatAsync(capability, machines[3], "seats-exhausted", Ct);

        Assert.Null(retryAfter);
        await App.HeldByAsync(capability, Ct, machines[..3]);
        await App.ActivateAgainAsync(capability, machines[1], Ct); // Who holds one is not refused.
    }

    [Fact]
    public async Task A_file_that_says_nothing_of_machines_is_for_one()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machines = await App.NewMachinesAsync(2, Ct);

        await App.ActivateAsync(capability, machines[0], Ct);

        await App.NoSeatAsync(capability, machines[1], "seats-exhausted", Ct);
    }

    [Fact]
    public async Task A_disabled_machine_keeps_its_seat()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        var first = await App.ActivateAsync(capability, machines[0], Ct);
        using var disabled = await App.PatchMachineAsync(machines[0], 0, Ct);

        await App.NoSeatAsync(capability, machines[1], "seats-exhausted", Ct);
        using var refused = await App.PutSeatAsync(capability, machines[0], Ct);
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
        await App.HeldByAsync(capability, Ct, machines[0]);

        using var enabled = await App.PatchMachineAsync(machines[0], 1, Ct);
        var again = await App.ActivateAgainAsync(capability, machines[0], Ct);
        Assert.Equal(first.GetProperty("activatedDate").GetString(), again.GetProperty("activatedDate").GetString());
    }

    [Fact]
    public async Task Seats_outlast_a_restart()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);

        await App.RestartAsync(Ct);

        await App.HeldByAsync(capability, Ct, machines[0]);
        await App.ActivateAgainAsync(capability, machines[0], Ct);
        await App.NoSeatAsync(capability, machines[1], "seats-exhausted", Ct);
    }

    [Fact]
    public async Task Whoever_activates_is_in_the_audit_log_with_the_machine()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var session = App.SessionOf(capability.Issuer.Guid);
        using var bySession = await RepositoryApp.SendAsync(
            session,
            HttpMethod.Put,
            CapabilityCalls.SeatPath(capability.Guid, machines[1]),
            capability.Json,
            Ct);

        await bySession.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(
            [
                $$"""anonymous {{capability.Guid}} {"machine":"{{machines[0]}}"}""",
                $$"""{{capability.Issuer.Guid}} {{capability.Guid}} {"machine":"{{machines[1]}}"}""",
            ],
            await App.SeatEventsAsync("seat-activated", Ct));
    }

    public sealed class OnSqlite() : ActivatingSeatsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ActivatingSeatsTests(DatabaseProvider.Postgres);
}
