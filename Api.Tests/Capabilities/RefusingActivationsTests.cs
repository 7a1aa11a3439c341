using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Of several things that are wrong, the first in this order is said: file, path, machine, capability, seats.</summary>
public abstract class RefusingActivationsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Broken = """{"content":{}}""";

    [Fact]
    public async Task A_file_that_cannot_be_read_comes_before_all_else()
    {
        using var answer = await PutAsync(MachineCalls.NewHash(), MachineCalls.NewHash(), Broken);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task An_activation_without_a_file_is_a_malformed_one(string body)
    {
        using var answer = await PutAsync(MachineCalls.NewHash(), MachineCalls.NewHash(), body);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
    }

    [Fact]
    public async Task Path_and_file_that_disagree_come_before_the_machine()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var other = capability.With("machines", "2");

        using var answer = await PutAsync(other.Guid, MachineCalls.NewHash(), capability.Json);

        await answer.InvalidAsync(Ct, "capabilityGuid");
    }

    [Fact]
    public async Task An_unknown_machine_comes_before_the_capability()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).SignedBy(TestUser.Make());

        using var answer = await App.PutSeatAsync(capability, MachineCalls.NewHash(), Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
    }

    [Fact]
    public async Task A_disabled_machine_comes_before_the_capability()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).SignedBy(TestUser.Make());
        var machine = await App.NewMachineAsync(Ct);
        using var disabled = await App.PatchMachineAsync(machine, 0, Ct);

        using var answer = await App.PutSeatAsync(capability, machine, Ct);

        await answer.RefusedAsync(HttpStatusCode.Forbidden, "machine-disabled", Ct);
    }

    [Fact]
    [Shows("capability-invalid")]
    public async Task All_that_is_wrong_with_a_capability_is_said_before_its_seats()
    {
        var capability = (await App.NewCapabilityAsync(Ct))
            .With("userGuid", TestCapability.Quote(TestUser.NewGuid()))
            .With("notAfter", App.Clock.GetUtcNow())
            .With("notBefore", App.Clock.GetUtcNow().AddTicks(1))
            .With("softwareGuid", TestCapability.Quote(SoftwareCalls.NewGuid()));
        await App.RevokeAsync(capability, Ct);
        using var disabled = await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct);

        using var answer = await App.PutSeatAsync(capability.SignedBy(TestUser.Make()), await App.NewMachineAsync(Ct), Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        Assert.Equal(
            ["signature-invalid", "issuer-disabled", "software-unknown", "user-unknown", "not-yet-valid", "expired", "revoked"],
            CapabilityCalls.ReasonsOf(problem));
        Assert.All(problem.GetProperty("reasons").EnumerateArray(), reason =>
        {
            Assert.Equal(["code", "detail"], Answers.MembersOf(reason));
            Assert.EndsWith(".", reason.GetProperty("detail").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_invalid_capability_comes_before_seats_that_are_exhausted_and_before_one_that_is_held()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("notAfter", App.Clock.GetUtcNow().AddHours(1));
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        App.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var machine in machines)
        {
            Assert.Equal(["expired"], await InvalidAsync(capability, machine));
        }
    }

    [Fact]
    public async Task A_capability_can_be_activated_from_its_first_tick_to_its_last()
    {
        var now = App.Clock.GetUtcNow();
        var capability = (await App.NewCapabilityAsync(2, Ct)).With("notBefore", now.AddTicks(1)).With("notAfter", now.AddTicks(3));
        var machines = await App.NewMachinesAsync(2, Ct);

        Assert.Equal(["not-yet-valid"], await InvalidAsync(capability, machines[0]));
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await App.ActivateAsync(capability, machines[0], Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await App.ActivateAsync(capability, machines[1], Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["expired"], await InvalidAsync(capability, machines[1]));
    }

    [Fact]
    public async Task A_key_that_was_revoked_counts_no_more_although_its_signature_was_seen()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        var next = capability.Issuer.With(TestUser.Make().Key);
        await App.RotateAsync(capability.Issuer, next, Ct, revokeOld: true);

        Assert.Equal(["signature-invalid"], await InvalidAsync(capability, machines[1]));
        Assert.Equal(["signature-invalid"], await InvalidAsync(capability, machines[0]));
    }

    [Fact]
    public async Task A_refused_activation_leaves_nothing_behind()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        var before = await App.AuditEndAsync(Ct);

        using var invalid = await App.PutSeatAsync(capability.SignedBy(TestUser.Make()), machine, Ct);
        using var keyed = await App.PutSeatAsync(capability.SignedBy(TestUser.Make()), machine, Ct, ("Idempotency-Key", "one"));
        using var unknown = await App.PutSeatAsync(capability, MachineCalls.NewHash(), Ct);

        await invalid.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        await keyed.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        using var view = await App.GetCapabilityAsync(capability.Guid, Ct);
        await view.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(63, false)]
    [InlineData(65, false)]
    [InlineData(64, true)]
    public async Task A_capability_in_the_path_has_64_lower_case_hex_digits(int digits, bool upperCase)
    {
        var guid = new string(upperCase ? 'A' : 'a', digits);
        var path = CapabilityCalls.SeatPath(guid, MachineCalls.NewHash());

        foreach (var (method, url) in new[]
        {
            (HttpMethod.Put, path),
            (HttpMethod.Delete, path),
            (HttpMethod.Get, $"/v1/capabilities/{guid}"),
            (HttpMethod.Get, SeatCalls.ListPath(guid)),
            (HttpMethod.Post, $"/v1/capabilities/{guid}/revocation"),
        })
        {
            var body = method == HttpMethod.Put || method == HttpMethod.Post ? Broken : null;
            using var answer = await RepositoryApp.SendAsync(App.Administrator, method, url, body, Ct);
            await answer.InvalidAsync(Ct, "capabilityGuid");
        }
    }

    [Fact]
    public async Task A_misspelled_machine_in_the_path_is_named()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = MachineCalls.NewHash().ToUpperInvariant().Replace('0', 'A');

        using var put = await App.PutSeatAsync(capability, machine, Ct);
        using var delete = await App.DeleteSeatAsync(capability, machine, Ct);

        await put.InvalidAsync(Ct, "machineHash");
        await delete.InvalidAsync(Ct, "machineHash");
    }

    private Task<HttpResponseMessage> PutAsync(string capability, string machine, string body) =>
        RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Put, CapabilityCalls.SeatPath(capability, machine), body, Ct);

    /// <summary>The activation is refused for these reasons.</summary>
    private async Task<string[]> InvalidAsync(TestCapability capability, string machine)
    {
        using var answer = await App.PutSeatAsync(capability, machine, Ct);
        return CapabilityCalls.ReasonsOf(await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct));
    }

    public sealed class OnSqlite() : RefusingActivationsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RefusingActivationsTests(DatabaseProvider.Postgres);
}
