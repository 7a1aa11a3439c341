using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class RegisteringMachinesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public async Task A_machine_is_created_at_its_address_with_exactly_the_members_of_the_contract(int digits)
    {
        App.Clock.Advance(TimeSpan.FromTicks(123_456_789));
        var hash = MachineCalls.NewHash()[..digits];

        using var answer = await App.PostMachineAsync(hash, Ct);

        var machine = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal($"/v1/machines/{hash}", answer.HeaderOf("Location"));
        Assert.Equal("application/json; charset=utf-8", answer.HeaderOf("Content-Type"));
        Assert.Equal(
            ["hashState", "lastAccessedDate", "machineRegisterHash", "previousMachineRegisterHash", "registeredDate"],
            Answers.MembersOf(machine));
        Assert.Equal(hash, machine.GetProperty("machineRegisterHash").GetString());
        Assert.Equal("1", machine.GetProperty("hashState").GetRawText());
        Assert.Equal("null", machine.GetProperty("previousMachineRegisterHash").GetRawText());
        Assert.Equal("2026-11-21T19:19:12.0000000Z", machine.GetProperty("registeredDate").GetString());
        Assert.Matches(@"^2026-11-21T19:19:12\.\d{7}Z$", machine.GetProperty("lastAccessedDate").GetString());
    }

    [Fact]
    public async Task A_clock_and_a_hash_are_not_enough_to_know_the_first_date()
    {
        var fractions = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            var (_, date) = await App.RegisterAsync(Ct);
            fractions.Add(date[20..27]);
        }

        Assert.True(fractions.Count >= 48, $"Of 50 fractions only {fractions.Count} differ."); // Two equal pairs: one in 10^8 runs.
        Assert.DoesNotContain("0000000", fractions);
    }

    [Fact]
    [Shows("machine-exists")]
    public async Task Of_fifty_registrations_of_one_hash_at_once_exactly_one_is_left()
    {
        var hash = MachineCalls.NewHash();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.PostMachineAsync(hash, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        }

        var machine = Assert.Single(await App.MachinesAsync(Ct));
        Assert.Equal(await MachineCalls.DateOf(winner, Ct), machine.GetProperty("lastAccessedDate").GetString());
        Assert.Single(await App.AuditAsync("machine-registered", Ct));
    }

    [Fact]
    public async Task Fifty_different_machines_register_at_once()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.RegisterAsync(Ct)));

        var stored = (await App.MachinesAsync(Ct)).Select(machine => machine.GetProperty("machineRegisterHash").GetString()!);
        Assert.Equal(registered.Select(machine => machine.Hash).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Shows("machine-unknown")]
    public async Task An_unknown_previous_machine_is_refused_and_nothing_is_stored()
    {
        using var answer = await App.PostSuccessorAsync(MachineCalls.NewHash(), MachineCalls.NewHash(), Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        Assert.Empty(await App.MachinesAsync(Ct));
        Assert.Empty(await App.AuditAsync("machine-registered", Ct));
    }

    [Fact]
    public async Task A_machine_is_not_its_own_previous_one()
    {
        var hash = MachineCalls.NewHash();

        using var answer = await App.PostSuccessorAsync(hash, hash, Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        Assert.Empty(await App.MachinesAsync(Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_known_previous_machine_is_stored_whether_it_is_enabled_or_not(int hashState)
    {
        var (previous, _) = await App.RegisterAsync(Ct);
        using var patched = await App.PatchMachineAsync(previous, hashState, Ct);
        var hash = MachineCalls.NewHash();

        using var answer = await App.PostSuccessorAsync(hash, previous, Ct);

        var machine = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(previous, machine.GetProperty("previousMachineRegisterHash").GetString());
        Assert.Equal(previous, (await App.MachineAsync(hash, Ct)).GetProperty("previousMachineRegisterHash").GetString());
    }

    [Fact]
    public async Task A_previous_machine_of_null_is_none()
    {
        using var answer = await RepositoryApp.SendAsync(
            App.Anonymous,
            HttpMethod.Post,
            "/v1/machines",
            $$"""{"previousMachineRegisterHash":null,"machineRegisterHash":"{{MachineCalls.NewHash()}}"}""",
            Ct);

        var machine = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal("null", machine.GetProperty("previousMachineRegisterHash").GetRawText());
    }

    [Fact]
    public async Task A_registration_is_audited_with_its_subject()
    {
        var (hash, _) = await App.RegisterAsync(Ct);

        var entry = Assert.Single(await App.AuditAsync("machine-registered", Ct));
        Assert.Equal(hash, entry.GetProperty("subject").GetString());
        Assert.Equal("anonymous", entry.GetProperty("actor").GetString());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", entry.GetProperty("date").GetString());
    }

    public sealed class OnSqlite() : RegisteringMachinesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RegisteringMachinesTests(DatabaseProvider.Postgres);
}
