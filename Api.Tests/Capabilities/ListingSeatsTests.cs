using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

public abstract class ListingSeatsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_issuer_sees_who_holds_a_seat_and_since_when()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await App.ActivateAsync(capability, machines[1], Ct);
        using var session = App.SessionOf(capability.Issuer.Guid);

        using var answer = await session.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);

        Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
        var page = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(
            $$"""
            {"items":[{"machineRegisterHash":"{{machines[0]}}","activatedDate":"2026-11-21T19:19:00.0000000Z"},{"machineRegisterHash":"{{machines[1]}}","activatedDate":"2026-11-21T19:19:00.0000001Z"}],"next":null}
            """,
            page.GetRawText());
        using var same = await App.Administrator.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);
        Assert.Equal(page.GetRawText(), (await same.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
    }

    [Fact]
    public async Task Seats_are_in_the_order_of_activation_and_a_machine_that_came_back_is_at_the_end()
    {
        var capability = await App.NewCapabilityAsync(5, Ct);
        var machines = await App.NewMachinesAsync(5, Ct);
        foreach (var machine in machines)
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        await App.ReleaseAsync(capability, machines[3], Ct);
        await App.ReleaseAsync(capability, machines[1], Ct);
        await App.ActivateAsync(capability, machines[1], Ct);
        await App.ActivateAgainAsync(capability, machines[0], Ct); // It never left.

        await App.HeldByAsync(capability, Ct, machines[0], machines[2], machines[4], machines[1]);
    }

    [Fact]
    public async Task Parts_follow_each_other_without_the_seats_of_others()
    {
        var capability = await App.NewCapabilityAsync(7, Ct);
        var other = await App.NewCapabilityAsync(7, Ct);
        var machines = await App.NewMachinesAsync(7, Ct);
        foreach (var machine in machines)
        {
            await App.ActivateAsync(other, machine, Ct);
            await App.ActivateAsync(capability, machine, Ct);
        }

        await App.ReleaseAsync(capability, machines[2], Ct);
        var listed = new List<string>();
        for (var after = ""; ;)
        {
            var page = await PageAsync(capability, $"?limit=2{after}");
            Assert.Equal(2, page.GetProperty("items").GetArrayLength());
            listed.AddRange(SeatCalls.MachinesOf(page));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            after = $"&after={next}";
        }

        Assert.Equal([.. machines[..2], .. machines[3..]], listed);
    }

    [Fact]
    public async Task A_seat_claimed_between_two_parts_comes_after_them_and_one_released_is_gone()
    {
        var capability = await App.NewCapabilityAsync(5, Ct);
        var machines = await App.NewMachinesAsync(5, Ct);
        foreach (var machine in machines[..4])
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        var next = (await PageAsync(capability, "?limit=2")).GetProperty("next").GetString();
        await App.ReleaseAsync(capability, machines[1], Ct); // The very one that the cursor stands on.
        await App.ReleaseAsync(capability, machines[2], Ct);
        await App.ActivateAsync(capability, machines[4], Ct);

        Assert.Equal([machines[3], machines[4]], SeatCalls.MachinesOf(await PageAsync(capability, $"?after={next}")));
    }

    [Fact]
    public async Task A_part_holds_fifty_unless_told_otherwise()
    {
        var capability = await App.NewCapabilityAsync(60, Ct);
        foreach (var machine in await App.NewMachinesAsync(51, Ct))
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        Assert.Equal(50, (await PageAsync(capability, "")).GetProperty("items").GetArrayLength());
        Assert.Equal(51, (await PageAsync(capability, "?limit=200")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_bad_parameter_is_refused_by_name()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        await App.ActivateAsync(capability, await App.NewMachineAsync(Ct), Ct);

        foreach (var (query, name) in new[] { ("limit=0", "limit"), ("limit=201", "limit"), ("after=x", "after"), ("limit=x", "limit") })
        {
            using var answer = await App.Administrator.GetAsync($"{SeatCalls.ListPath(capability.Guid)}?{query}", Ct);
            await answer.InvalidAsync(Ct, name);
        }
    }

    [Fact]
    public async Task Others_do_not_see_who_holds_a_seat()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        await App.ActivateAsync(capability, await App.NewMachineAsync(Ct), Ct);
        using var session = App.SessionOf((await App.RegisterUserAsync(Ct)).Guid);

        using var other = await session.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);
        using var nobody = await App.Anonymous.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);

        await other.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    [Fact]
    [Shows("capability-unknown")]
    public async Task A_capability_that_nobody_activated_or_revoked_is_unknown()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        await App.VerifyCapabilityAsync(capability.Json, Ct, await App.NewMachineAsync(Ct)); // That it was verified changes nothing.
        using var session = App.SessionOf(capability.Issuer.Guid);

        foreach (var client in new[] { App.Administrator, session })
        {
            using var list = await client.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);
            await list.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
        }

        using var view = await App.GetCapabilityAsync(capability.Guid, Ct);
        await view.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
    }

    [Fact]
    public async Task A_capability_that_was_only_revoked_has_no_seats()
    {
        var issuer = await App.RegisterUserAsync(Ct);
        var guid = MachineCalls.NewHash();
        using var session = App.SessionOf(issuer.Guid);
        using var revoked = await session.PostRevocationAsync(guid, $$"""{"issuerGuid":"{{issuer.Guid}}"}""", Ct);

        using var list = await session.GetAsync(SeatCalls.ListPath(guid), Ct);

        Assert.Equal("""{"items":[],"next":null}""", (await list.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
    }

    private async Task<JsonElement> PageAsync(TestCapability capability, string query)
    {
        using var answer = await App.Administrator.GetAsync(SeatCalls.ListPath(capability.Guid) + query, Ct);
        var page = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["items", "next"], Answers.MembersOf(page));
        return page;
    }

    public sealed class OnSqlite() : ListingSeatsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ListingSeatsTests(DatabaseProvider.Postgres);
}
