using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public abstract class OverloadTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings => [("Database:WriteQueueLength", "1"), ("Database:WriteConcurrency", "1")];

    [Fact]
    [Shows("overloaded")]
    public async Task A_full_queue_refuses_writes_at_once_and_reads_go_on()
    {
        var (known, date) = await App.RegisterAsync(Ct);
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var queued = MachineCalls.NewHash();
        var waiting = App.PostMachineAsync(queued, Ct);
        await writer.WaitForQueuedAsync(1, Ct);

        using var register = await App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        using var keyed = await App.Anonymous.RegisterKeyedAsync(MachineCalls.NewHash(), "key", Ct);
        using var verify = await App.PostVerifyAsync(known, date, Ct);
        using var patch = await App.PatchMachineAsync(known, 0, Ct);

        foreach (var refused in (HttpResponseMessage[])[register, keyed, verify, patch])
        {
            await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "overloaded", Ct);
            Assert.Matches("^[1-9][0-9]*$", refused.HeaderOf("Retry-After"));
        }

        using var read = await App.Anonymous.GetAsync($"/v1/machines/{known}", Ct);
        await read.IsAsync(HttpStatusCode.OK, Ct);
        using var live = await App.Anonymous.GetAsync("/health/live", Ct);
        await live.IsAsync(HttpStatusCode.OK, Ct);
        using var status = await App.Administrator.GetAsync("/v1/status", Ct);
        await status.IsAsync(HttpStatusCode.OK, Ct);
        Assert.False(waiting.IsCompleted);

        await writer.ReleaseAsync();
        using var registered = await waiting;
        await registered.IsAsync(HttpStatusCode.Created, Ct);
        await App.VerifyAsync(known, date, Ct);
        Assert.Equal([known, queued], (await App.MachinesAsync(Ct)).Select(machine => machine.GetProperty("machineRegisterHash").GetString()));
    }

    [Fact]
    public async Task A_key_that_was_refused_for_want_of_a_place_is_free()
    {
        var hash = MachineCalls.NewHash();
        await using var writer = await BlockedWriter.BlockAsync(App, Ct);
        var waiting = App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        await writer.WaitForQueuedAsync(1, Ct);
        using var refused = await App.Anonymous.RegisterKeyedAsync(hash, "key", Ct);
        await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "overloaded", Ct);
        await writer.ReleaseAsync();
        using var registered = await waiting;

        using var again = await App.Anonymous.RegisterKeyedAsync(hash, "key", Ct);

        Assert.False(again.IsReplay());
        await again.IsAsync(HttpStatusCode.Created, Ct);
    }

    public sealed class OnSqlite() : OverloadTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : OverloadTests(DatabaseProvider.Postgres);
}
