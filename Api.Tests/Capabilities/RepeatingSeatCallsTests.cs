using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Activating, releasing and revoking with an <c>Idempotency-Key</c>.</summary>
public abstract class RepeatingSeatCallsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly (string Name, string Value) Key = ("Idempotency-Key", "the-key");

    [Fact]
    public async Task An_activation_is_given_again_with_its_very_token()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        using var first = await App.PutSeatAsync(capability, machines[0], Ct, Key);
        await first.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(CapabilityCalls.SeatPath(capability.Guid, machines[0]), first.HeaderOf("Location"));
        App.Clock.Advance(TimeSpan.FromHours(23));
        await App.ReleaseAsync(capability, machines[0], Ct);

        using var again = await App.PutSeatAsync(capability, machines[0], Ct, Key);

        await again.AssertReplaysAsync(first, Ct);
        await App.HeldByAsync(capability, Ct); // It was not run again.
        using var other = await App.PutSeatAsync(capability, machines[0], Ct, ("Idempotency-Key", "another-key"));
        await other.IsAsync(HttpStatusCode.Created, Ct);
    }

    [Fact]
    public async Task An_activation_of_a_machine_that_has_its_seat_is_given_again_too()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var first = await App.PutSeatAsync(capability, machines[0], Ct, Key);
        await first.IsAsync(HttpStatusCode.OK, Ct);

        using var again = await App.PutSeatAsync(capability, machines[0], Ct, Key);

        await again.AssertReplaysAsync(first, Ct);
    }

    [Fact]
    public async Task A_file_in_another_spelling_is_another_body()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        using var first = await App.PutSeatAsync(capability, machines[0], Ct, Key);
        using var released = await App.DeleteSeatAsync(capability, machines[0], Ct, Key);
        using var revoked = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key);
        await first.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);
        await revoked.IsAsync(HttpStatusCode.OK, Ct);

        using var put = await PutAsync(capability.Guid, machines[0], capability.Json + " ");
        using var delete = await App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, capability.Json + " ", Key);
        using var post = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json + " ", Ct, Key);

        foreach (var answer in new[] { put, delete, post })
        {
            await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct);
        }
    }

    [Fact]
    public async Task A_refusal_for_want_of_seats_is_given_again_although_one_is_free_now()
    {
        var (capability, machines) = await MakeAsync(machines: 3);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var exhausted = await App.PutSeatAsync(capability, machines[1], Ct, Key);
        await exhausted.RefusedAsync(HttpStatusCode.Conflict, "seats-exhausted", Ct);
        await App.ReleaseAsync(capability, machines[0], Ct);
        App.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        using var cooling = await App.PutSeatAsync(capability, machines[2], Ct, Key);
        await cooling.RefusedAsync(HttpStatusCode.Conflict, "seat-cooling-down", Ct);
        Assert.Equal("599", cooling.HeaderOf("Retry-After"));
        App.Clock.Advance(TimeSpan.FromHours(1));

        using var stillExhausted = await App.PutSeatAsync(capability, machines[1], Ct, Key);
        using var stillCooling = await App.PutSeatAsync(capability, machines[2], Ct, Key);

        await stillExhausted.AssertReplaysAsync(exhausted, Ct);
        await stillCooling.AssertReplaysAsync(cooling, Ct);
        Assert.Equal("599", stillCooling.HeaderOf("Retry-After"));
        await App.HeldByAsync(capability, Ct);
    }

    [Fact]
    public async Task A_refusal_because_of_the_machine_or_the_capability_is_given_again()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        var later = capability.With("notBefore", App.Clock.GetUtcNow().AddMinutes(1));
        var machine = MachineCalls.NewHash();
        using var unknown = await App.PutSeatAsync(capability, machine, Ct, Key);
        using var invalid = await App.PutSeatAsync(later, machines[0], Ct, Key);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        await invalid.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        using var registered = await App.PostMachineAsync(machine, Ct);
        App.Clock.Advance(TimeSpan.FromMinutes(1));

        using var stillUnknown = await App.PutSeatAsync(capability, machine, Ct, Key);
        using var stillInvalid = await App.PutSeatAsync(later, machines[0], Ct, Key);

        await stillUnknown.AssertReplaysAsync(unknown, Ct);
        await stillInvalid.AssertReplaysAsync(invalid, Ct);
        await App.ActivateAsync(capability, machine, Ct);
        await App.ActivateAsync(later, machines[0], Ct);
    }

    [Fact]
    public async Task A_malformed_file_is_refused_again_and_takes_the_key()
    {
        const string Broken = """{"content":{}}""";
        var (capability, machines) = await MakeAsync(machines: 1);
        await App.ActivateAsync(capability, machines[0], Ct);

        foreach (var call in new Func<string, Task<HttpResponseMessage>>[]
        {
            body => PutAsync(capability.Guid, machines[0], body),
            body => App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, body, Key),
            body => App.Administrator.PostRevocationAsync(capability.Guid, body, Ct, Key),
        })
        {
            using var first = await call(Broken);
            using var again = await call(Broken);
            using var mended = await call(capability.Json);

            await first.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
            await again.AssertReplaysAsync(first, Ct);
            await mended.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct);
        }
    }

    [Fact]
    public async Task A_request_that_is_invalid_leaves_the_key_free()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        var other = capability.With("machines", "2");

        foreach (var (call, status) in new (Func<string, Task<HttpResponseMessage>>, HttpStatusCode)[]
        {
            (body => PutAsync(capability.Guid, machines[0], body), HttpStatusCode.Created),
            (body => App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, body, Key), HttpStatusCode.NoContent),
            (body => App.Administrator.PostRevocationAsync(capability.Guid, body, Ct, Key), HttpStatusCode.OK),
        })
        {
            using var disagrees = await call(other.Json);
            await disagrees.InvalidAsync(Ct, "capabilityGuid");

            using var mended = await call(capability.Json);

            Assert.Equal(status, mended.StatusCode);
            Assert.False(mended.IsReplay());
        }
    }

    [Fact]
    public async Task A_revocation_without_an_issuer_leaves_the_key_free()
    {
        var (capability, _) = await MakeAsync(machines: 0);
        using var invalid = await App.Administrator.PostRevocationAsync(capability.Guid, "{}", Ct, Key);
        await invalid.InvalidAsync(Ct, "issuerGuid");

        using var mended = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key);

        await mended.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_whatever_else_is_wrong()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        var none = ("Idempotency-Key", "a key");

        using var put = await App.PutSeatAsync(capability, machines[0], Ct, none);
        using var exhausted = await App.PutSeatAsync(capability.SignedBy(TestUser.Make()), machines[0], Ct, none);
        using var delete = await App.DeleteSeatAsync(capability, machines[0], Ct, none);
        using var post = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json, Ct, none);

        foreach (var answer in new[] { put, exhausted, delete, post })
        {
            await answer.InvalidAsync(Ct, "Idempotency-Key");
        }
    }

    [Fact]
    public async Task A_release_is_given_again_and_not_run_again()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var first = await App.DeleteSeatAsync(capability, machines[0], Ct, Key);
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await App.ActivateAsync(capability, machines[0], Ct);

        using var again = await App.DeleteSeatAsync(capability, machines[0], Ct, Key);

        await again.AssertReplaysAsync(first, Ct);
        await App.HeldByAsync(capability, Ct, machines[0]);
    }

    [Fact]
    public async Task A_release_by_a_wrong_signature_or_a_stranger_is_refused_again_and_one_without_a_credential_leaves_the_key_free()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var stranger = App.SessionOf((await App.RegisterUserAsync(Ct)).Guid);
        var forged = capability.SignedBy(TestUser.Make()).Json;
        using var unsigned = await App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, forged, ("Idempotency-Key", "1"));
        using var forbidden = await stranger.DeleteSeatAsync(capability.Guid, machines[0], Ct, headers: Key);
        using var nobody = await App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, headers: Key);
        await unsigned.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        await forbidden.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);

        using var unsignedAgain = await App.Anonymous.DeleteSeatAsync(capability.Guid, machines[0], Ct, forged, ("Idempotency-Key", "1"));
        using var forbiddenAgain = await stranger.DeleteSeatAsync(capability.Guid, machines[0], Ct, headers: Key);
        await App.HeldByAsync(capability, Ct, machines[0]);
        using var withFile = await App.DeleteSeatAsync(capability, machines[0], Ct, Key);

        await unsignedAgain.AssertReplaysAsync(unsigned, Ct);
        await forbiddenAgain.AssertReplaysAsync(forbidden, Ct);
        Assert.Equal(HttpStatusCode.NoContent, withFile.StatusCode);
    }

    [Fact]
    public async Task A_revocation_is_given_again_as_it_was_and_a_refused_one_too()
    {
        var (capability, machines) = await MakeAsync(machines: 1);
        await App.ActivateAsync(capability, machines[0], Ct);
        using var issuer = App.SessionOf(capability.Issuer.Guid);
        using var stranger = App.SessionOf((await App.RegisterUserAsync(Ct)).Guid);
        using var first = await issuer.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key);
        using var forbidden = await stranger.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key); // Another caller's key.
        await first.IsAsync(HttpStatusCode.OK, Ct);
        await forbidden.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await App.ReleaseAsync(capability, machines[0], Ct);

        using var again = await issuer.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key);
        using var forbiddenAgain = await stranger.PostRevocationAsync(capability.Guid, capability.Json, Ct, Key);

        await again.AssertReplaysAsync(first, Ct); // With the seat that was held then.
        await forbiddenAgain.AssertReplaysAsync(forbidden, Ct);
    }

    [Fact]
    public async Task Of_sixteen_activations_with_one_key_at_once_one_takes_effect()
    {
        var (capability, machines) = await MakeAsync(machines: 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.PutSeatAsync(capability, machines[0], Ct, Key)));

        var first = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !answer.IsReplay());
        foreach (var other in answers.Where(answer => answer != first))
        {
            if (other.StatusCode == HttpStatusCode.Conflict)
            {
                await other.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", Ct);
            }
            else
            {
                await other.AssertReplaysAsync(first, Ct);
            }
        }

        await App.HeldByAsync(capability, Ct, machines[0]);
    }

    private async Task<(TestCapability Capability, string[] Machines)> MakeAsync(int machines) =>
        (await App.NewCapabilityAsync(Ct), await App.NewMachinesAsync(machines, Ct));

    private Task<HttpResponseMessage> PutAsync(string capability, string machine, string body) =>
        RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Put, CapabilityCalls.SeatPath(capability, machine), body, Ct, Key);

    public sealed class OnSqlite() : RepeatingSeatCallsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RepeatingSeatCallsTests(DatabaseProvider.Postgres);
}
