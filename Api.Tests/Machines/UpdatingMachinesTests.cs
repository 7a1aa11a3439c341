using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class UpdatingMachinesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly string[] AdministratorsMembers =
    [
        "hashState", "lastAccessedDate", "lastMismatchDate", "machineRegisterHash", "mismatchCount", "previousMachineRegisterHash", "registeredDate",
    ];

    [Fact]
    public async Task A_machine_is_disabled_and_enabled_and_goes_on_with_its_date()
    {
        var (hash, date) = await App.RegisterAsync(Ct);

        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);
        Assert.Equal(0, (await disabled.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("hashState").GetInt32());
        using var refused = await App.PostVerifyAsync(hash, date, Ct);
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
        using var enabled = await App.PatchMachineAsync(hash, 1, Ct);
        Assert.Equal(1, (await enabled.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("hashState").GetInt32());

        await App.VerifyAsync(hash, date, Ct);
    }

    [Fact]
    public async Task Each_change_is_audited_once_and_what_changes_nothing_is_not()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        foreach (var state in (int[])[1, 0, 0, 1, 1])
        {
            using var answer = await App.PatchMachineAsync(hash, state, Ct);
            await answer.IsAsync(HttpStatusCode.OK, Ct);
        }

        var disabled = Assert.Single(await App.AuditAsync("machine-disabled", Ct));
        var enabled = Assert.Single(await App.AuditAsync("machine-enabled", Ct));
        Assert.Equal(hash, disabled.GetProperty("subject").GetString());
        Assert.Equal("administrator", enabled.GetProperty("actor").GetString());
    }

    [Fact]
    [Shows("unauthenticated")]
    public async Task Without_the_administrators_key_nothing_changes()
    {
        var (hash, _) = await App.RegisterAsync(Ct);

        using var answer = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Patch, $"/v1/machines/{hash}", """{"hashState":0}""", Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.StartsWith("Bearer ", answer.HeaderOf("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(1, (await App.MachineAsync(hash, Ct)).GetProperty("hashState").GetInt32());
    }

    [Fact]
    public async Task An_unknown_machine_is_not_there()
    {
        using var patched = await App.PatchMachineAsync(MachineCalls.NewHash(), 0, Ct);
        using var read = await App.Anonymous.GetAsync($"/v1/machines/{MachineCalls.NewHash()}", Ct);

        await patched.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
    }

    [Fact]
    public async Task A_state_is_the_number_0_or_1()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        string[] states = ["2", "-1", "\"1\"", "\"0\"", "1.0", "0.0", "0e0", "1.5", "null", "true", "[]", "{}", "4294967296", "99999999999999999999"];
        foreach (var json in states.Select(state => $$"""{"hashState":{{state}}}"""))
        {
            using var answer = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Patch, $"/v1/machines/{hash}", json, Ct);

            await answer.InvalidAsync(Ct, "hashState");
        }

        using var missing = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Patch, $"/v1/machines/{hash}", "{}", Ct);

        await missing.InvalidAsync(Ct, "hashState");
        Assert.Equal(1, (await App.MachineAsync(hash, Ct)).GetProperty("hashState").GetInt32());
    }

    [Fact]
    public async Task Anyone_sees_the_state_and_only_an_administrator_the_rest()
    {
        App.Clock.Advance(TimeSpan.FromTicks(7_654_321));
        var (previous, _) = await App.RegisterAsync(Ct);
        var hash = MachineCalls.NewHash();
        using var registered = await App.PostSuccessorAsync(hash, previous, Ct);

        using var asAnyone = await App.Anonymous.GetAsync($"/v1/machines/{hash}", Ct);
        var seen = await asAnyone.IsAsync(HttpStatusCode.OK, Ct);
        var all = await App.MachineAsync(hash, Ct);
        using var patched = await App.PatchMachineAsync(hash, 1, Ct);

        Assert.Equal(
            $$"""{"machineRegisterHash":"{{hash}}","hashState":1,"registeredDate":"2026-11-21T19:19:00.0000000Z"}""",
            seen.GetRawText());
        Assert.Equal(AdministratorsMembers, Answers.MembersOf(all));
        Assert.Equal(AdministratorsMembers, Answers.MembersOf((await App.MachinesAsync(Ct))[1]));
        Assert.Equal(all.GetRawText(), (await patched.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(hash, all.GetProperty("machineRegisterHash").GetString());
        Assert.Equal(previous, all.GetProperty("previousMachineRegisterHash").GetString());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", all.GetProperty("registeredDate").GetString());
        Assert.Equal(await MachineCalls.DateOf(registered, Ct), all.GetProperty("lastAccessedDate").GetString());
        Assert.Equal("0", all.GetProperty("mismatchCount").GetRawText());
        Assert.Equal("null", all.GetProperty("lastMismatchDate").GetRawText());
    }

    [Fact]
    public async Task Anyone_sees_that_a_machine_is_disabled()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        using var patched = await App.PatchMachineAsync(hash, 0, Ct);

        using var answer = await App.Anonymous.GetAsync($"/v1/machines/{hash}", Ct);

        Assert.Equal(0, (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("hashState").GetInt32());
    }

    public sealed class OnSqlite() : UpdatingMachinesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : UpdatingMachinesTests(DatabaseProvider.Postgres);
}
