using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class CloneEvidenceTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Stale = "2020-01-01T00:00:00.0000000Z";

    [Fact]
    public async Task Every_mismatch_of_many_callers_is_counted_while_the_machine_goes_on()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var copies = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => App.PostVerifyAsync(hash, Stale, Ct)));
        for (var i = 0; i < 20; i++)
        {
            date = await App.VerifyAsync(hash, date, Ct);
        }

        foreach (var answer in await copies)
        {
            var problem = await answer.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
            Assert.Equal("register-new-machine-guid", problem.GetProperty("action").GetString());
        }

        var machine = await App.MachineAsync(hash, Ct);
        Assert.Equal(60, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", machine.GetProperty("lastMismatchDate").GetString());
        Assert.Equal(date, machine.GetProperty("lastAccessedDate").GetString());
        Assert.Single(await App.AuditAsync("machine-date-mismatch", Ct));
    }

    [Fact]
    public async Task The_evidence_holds_the_date_of_the_last_mismatch()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        await MismatchAsync(hash);
        App.Clock.Advance(TimeSpan.FromTicks(12_345_678));
        await MismatchAsync(hash);

        var machine = await App.MachineAsync(hash, Ct);

        Assert.Equal(2, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal("2026-11-21T19:19:01.2345678Z", machine.GetProperty("lastMismatchDate").GetString());
    }

    [Fact]
    public async Task The_audit_log_takes_one_mismatch_a_machine_and_second()
    {
        var (one, _) = await App.RegisterAsync(Ct);
        var (other, _) = await App.RegisterAsync(Ct);
        await MismatchAsync(one);
        await MismatchAsync(one);
        await MismatchAsync(other);
        App.Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        await MismatchAsync(one);
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await MismatchAsync(one);
        await MismatchAsync(one);

        var audited = await App.AuditAsync("machine-date-mismatch", Ct);

        Assert.Equal([one, other, one], audited.Select(entry => entry.GetProperty("subject").GetString()));
        Assert.Equal(
            ["2026-11-21T19:19:00.0000000Z", "2026-11-21T19:19:00.0000000Z", "2026-11-21T19:19:01.0000000Z"],
            audited.Select(entry => entry.GetProperty("date").GetString()));
        Assert.Equal(5, (await App.MachineAsync(one, Ct)).GetProperty("mismatchCount").GetInt32());
    }

    [Fact]
    public async Task Enabling_clears_it_and_disabling_keeps_it()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        await MismatchAsync(hash);

        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);
        var kept = await disabled.IsAsync(HttpStatusCode.OK, Ct);
        using var enabled = await App.PatchMachineAsync(hash, 1, Ct);
        var cleared = await enabled.IsAsync(HttpStatusCode.OK, Ct);

        Assert.Equal(1, kept.GetProperty("mismatchCount").GetInt32());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", kept.GetProperty("lastMismatchDate").GetString());
        Assert.Equal(0, cleared.GetProperty("mismatchCount").GetInt32());
        Assert.Equal("null", cleared.GetProperty("lastMismatchDate").GetRawText());
        await App.VerifyAsync(hash, date, Ct);
    }

    [Fact]
    public async Task Enabling_a_machine_that_is_enabled_clears_it_too()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        await MismatchAsync(hash);

        using var enabled = await App.PatchMachineAsync(hash, 1, Ct);

        Assert.Equal(0, (await enabled.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("mismatchCount").GetInt32());
        Assert.Empty(await App.MachinesAsync(Ct, "mismatched=true"));
    }

    [Fact]
    public async Task An_unknown_machine_leaves_none()
    {
        using var answer = await App.PostVerifyAsync(MachineCalls.NewHash(), Stale, Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        Assert.Empty(await App.AuditAsync("machine-date-mismatch", Ct));
    }

    private async Task MismatchAsync(string hash)
    {
        using var answer = await App.PostVerifyAsync(hash, Stale, Ct);
        await answer.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
    }

    public sealed class OnSqlite() : CloneEvidenceTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CloneEvidenceTests(DatabaseProvider.Postgres);
}
