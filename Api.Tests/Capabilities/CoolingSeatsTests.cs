using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A released seat stays closed to other machines for ten minutes, so that a seat is not handed round.</summary>
public abstract class CoolingSeatsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    [Shows("seat-cooling-down")]
    public async Task Another_machine_is_told_after_how_many_seconds_rounded_up()
    {
        var (capability, machines) = await ReleasedAsync(seats: 1, machines: 2);

        Assert.Equal("600", await CoolingAsync(capability, machines[1]));
        App.Clock.Advance(Tick);
        Assert.Equal("600", await CoolingAsync(capability, machines[1]));
        App.Clock.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.Equal("599", await CoolingAsync(capability, machines[1]));
        App.Clock.Advance(TimeSpan.FromSeconds(598) + Tick);
        Assert.Equal("1", await CoolingAsync(capability, machines[1]));
    }

    [Fact]
    public async Task The_seat_is_free_at_the_end_of_its_cooling_and_not_one_tick_before()
    {
        var (capability, machines) = await ReleasedAsync(seats: 1, machines: 2);

        App.Clock.Advance(TimeSpan.FromMinutes(10) - Tick);
        Assert.Equal("1", await CoolingAsync(capability, machines[1]));
        App.Clock.Advance(Tick);
        await App.ActivateAsync(capability, machines[1], Ct);

        await App.HeldByAsync(capability, Ct, machines[1]);
        await App.NoSeatAsync(capability, machines[0], "seats-exhausted", Ct); // Its own seat is another's now.
    }

    [Fact]
    public async Task The_same_machine_may_come_back_at_once()
    {
        var (capability, machines) = await ReleasedAsync(seats: 1, machines: 2);
        App.Clock.Advance(TimeSpan.FromSeconds(5));

        var seat = await App.ActivateAsync(capability, machines[0], Ct);

        Assert.Equal("2026-11-21T19:19:05.0000000Z", seat.GetProperty("activatedDate").GetString());
        await App.HeldByAsync(capability, Ct, machines[0]);
        Assert.Null(await App.NoSeatAsync(capability, machines[1], "seats-exhausted", Ct));
    }

    [Fact]
    public async Task A_machine_that_came_back_does_not_take_a_seat_that_another_let_cool()
    {
        var (capability, machines) = await ReleasedAsync(seats: 2, machines: 3);
        await App.ActivateAsync(capability, machines[0], Ct);

        Assert.Equal("600", await CoolingAsync(capability, machines[2]));
        await App.ActivateAsync(capability, machines[1], Ct);

        await App.NoSeatAsync(capability, machines[2], "seats-exhausted", Ct);
        await App.HeldByAsync(capability, Ct, machines[0], machines[1]);
    }

    [Fact]
    public async Task Of_several_seats_that_cool_the_first_to_open_is_told_and_opens()
    {
        var capability = await App.NewCapabilityAsync(3, Ct);
        var machines = await App.NewMachinesAsync(5, Ct);
        foreach (var machine in machines[..3])
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        Assert.Null(await App.NoSeatAsync(capability, machines[3], "seats-exhausted", Ct));
        await App.ReleaseAsync(capability, machines[1], Ct);
        App.Clock.Advance(TimeSpan.FromMinutes(4));
        await App.ReleaseAsync(capability, machines[0], Ct);

        Assert.Equal("360", await CoolingAsync(capability, machines[3])); // One is held, two cool.
        App.Clock.Advance(TimeSpan.FromMinutes(6));
        await App.ActivateAsync(capability, machines[3], Ct);
        Assert.Equal("240", await CoolingAsync(capability, machines[4]));
        await App.HeldByAsync(capability, Ct, machines[2], machines[3]);
    }

    [Fact]
    public async Task A_seat_that_was_never_used_is_open_while_others_cool()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(3, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        await App.ReleaseAsync(capability, machines[0], Ct);

        await App.ActivateAsync(capability, machines[1], Ct);

        await App.HeldByAsync(capability, Ct, machines[1]);
        Assert.Equal("600", await CoolingAsync(capability, machines[2]));
    }

    [Fact]
    public async Task Releasing_again_counts_no_seat_and_does_not_begin_the_cooling_anew()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(3, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        await App.ActivateAsync(capability, machines[1], Ct);
        await App.ReleaseAsync(capability, machines[0], Ct);
        App.Clock.Advance(TimeSpan.FromMinutes(9));

        await App.ReleaseAsync(capability, machines[0], Ct);

        await App.HeldByAsync(capability, Ct, machines[1]);
        Assert.Equal("60", await CoolingAsync(capability, machines[2]));
        Assert.Single(await App.SeatEventsAsync("seat-released", Ct));
    }

    [Fact]
    public async Task A_seat_cools_across_a_restart_and_for_as_long_as_the_settings_say_then()
    {
        var (capability, machines) = await ReleasedAsync(seats: 1, machines: 2);

        await App.RestartAsync(Ct, ("Capabilities:SeatCooldown", "30.00:00:00"));
        Assert.Equal("2592000", await CoolingAsync(capability, machines[1]));
        await App.RestartAsync(Ct, ("Capabilities:SeatCooldown", "00:00:00"));

        await App.ActivateAsync(capability, machines[1], Ct);
        await App.ReleaseAsync(capability, machines[1], Ct);
        await App.ActivateAsync(capability, machines[0], Ct); // Without a cool-down a seat is open at once.
        await App.NoSeatAsync(capability, machines[1], "seats-exhausted", Ct);
    }

    /// <summary>A capability whose seats were all held, each by one machine, and released just now.</summary>
    private async Task<(TestCapability Capability, string[] Machines)> ReleasedAsync(int seats, int machines)
    {
        var capability = await App.NewCapabilityAsync(seats, Ct);
        var hashes = await App.NewMachinesAsync(machines, Ct);
        foreach (var machine in hashes[..seats])
        {
            await App.ActivateAsync(capability, machine, Ct);
        }

        foreach (var machine in hashes[..seats])
        {
            await App.ReleaseAsync(capability, machine, Ct);
        }

        return (capability, hashes);
    }

    private Task<string?> CoolingAsync(TestCapability capability, string machine) =>
        App.NoSeatAsync(capability, machine, "seat-cooling-down", Ct);

    public sealed class OnSqlite() : CoolingSeatsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CoolingSeatsTests(DatabaseProvider.Postgres);
}
