using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

public abstract class ReleasingSeatsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Whoever_holds_the_file_releases()
    {
        var (capability, machine) = await HeldAsync();

        using var answer = await App.DeleteSeatAsync(capability, machine, Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
        await App.HeldByAsync(capability, Ct);
        Assert.Equal([Event("anonymous", capability, machine)], await App.SeatEventsAsync("seat-released", Ct));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" {\r\n\t} ")]
    public async Task The_issuers_session_releases_without_the_file(string? body)
    {
        var (capability, machine) = await HeldAsync();
        using var session = App.SessionOf(capability.Issuer.Guid);

        using var answer = await session.DeleteSeatAsync(capability.Guid, machine, Ct, body);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await App.HeldByAsync(capability, Ct);
        Assert.Equal([Event(capability.Issuer.Guid, capability, machine)], await App.SeatEventsAsync("seat-released", Ct));
    }

    [Fact]
    public async Task The_administrator_releases_without_the_file()
    {
        var (capability, machine) = await HeldAsync();

        using var answer = await App.Administrator.DeleteSeatAsync(capability.Guid, machine, Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await App.HeldByAsync(capability, Ct);
        Assert.Equal([Event("administrator", capability, machine)], await App.SeatEventsAsync("seat-released", Ct));
    }

    [Fact]
    public async Task Another_issuers_session_releases_with_the_file_and_not_without()
    {
        var (capability, machine) = await HeldAsync();
        var other = await App.RegisterUserAsync(Ct);
        using var session = App.SessionOf(other.Guid);

        using var without = await session.DeleteSeatAsync(capability.Guid, machine, Ct);
        await without.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await App.HeldByAsync(capability, Ct, machine);

        using var with = await session.DeleteSeatAsync(capability.Guid, machine, Ct, capability.Json);
        Assert.Equal(HttpStatusCode.NoContent, with.StatusCode);
        Assert.Equal([Event(other.Guid, capability, machine)], await App.SeatEventsAsync("seat-released", Ct));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" { } ")]
    public async Task Without_a_file_and_without_a_credential_nobody_releases(string? body)
    {
        var (capability, machine) = await HeldAsync();

        using var answer = await App.Anonymous.DeleteSeatAsync(capability.Guid, machine, Ct, body);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.NotNull(answer.HeaderOf("WWW-Authenticate"));
        await App.HeldByAsync(capability, Ct, machine);
    }

    [Fact]
    public async Task A_file_that_its_issuer_did_not_sign_releases_nothing()
    {
        var (capability, machine) = await HeldAsync();
        var signature = capability.Signature.ToArray();
        signature[^1] ^= 1;
        string[] files =
        [
            capability.SignedBy(TestUser.Make()).Json,
            capability.JsonWith(signature),
            capability.JsonNaming("ES256"),
        ];
        string[][] reasons = [["signature-invalid"], ["signature-invalid"], ["algorithm-mismatch"]];

        for (var i = 0; i < files.Length; i++)
        {
            using var answer = await App.Administrator.DeleteSeatAsync(capability.Guid, machine, Ct, files[i]);
            var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
            Assert.Equal(reasons[i], CapabilityCalls.ReasonsOf(problem));
        }

        await App.HeldByAsync(capability, Ct, machine);
    }

    [Fact]
    public async Task A_file_of_an_issuer_that_is_not_registered_releases_nothing()
    {
        var capability = TestCapability.Of(TestUser.Make(), TestUser.NewGuid());

        using var answer = await App.DeleteSeatAsync(capability, MachineCalls.NewHash(), Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        Assert.Equal(["issuer-unknown"], CapabilityCalls.ReasonsOf(problem));
    }

    [Fact]
    public async Task A_capability_that_is_expired_and_revoked_and_of_a_disabled_issuer_is_no_obstacle()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("notAfter", App.Clock.GetUtcNow().AddHours(1));
        var machine = await App.NewMachineAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        App.Clock.Advance(TimeSpan.FromHours(2));
        await App.RevokeAsync(capability, Ct);
        using var disabled = await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct);
        using var machineDisabled = await App.PatchMachineAsync(machine, 0, Ct);

        await App.ReleaseAsync(capability, machine, Ct);

        await App.HeldByAsync(capability, Ct);
    }

    [Fact]
    public async Task A_key_that_the_issuer_replaced_still_releases_and_one_that_it_revoked_does_not()
    {
        var (capability, machine) = await HeldAsync();
        var second = capability.Issuer.With(TestUser.Make(SigningKeyKind.Ed25519).Key);
        await App.RotateAsync(capability.Issuer, second, Ct);
        await App.ReleaseAsync(capability, machine, Ct);
        var resigned = capability.SignedBy(second);
        await App.ReleaseAsync(resigned, machine, Ct);
        var third = second.With(TestUser.Make(SigningKeyKind.Ed25519).Key);
        await App.RotateAsync(second, third, Ct, revokeOld: true);

        using var revoked = await App.DeleteSeatAsync(resigned, machine, Ct);

        await revoked.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
        await App.ReleaseAsync(capability, machine, Ct); // Only the key that was replaced with revokeOld.
    }

    [Fact]
    public async Task A_seat_that_is_free_or_a_machine_that_is_unknown_is_released_already()
    {
        var (capability, machine) = await HeldAsync();
        var other = await App.NewMachineAsync(Ct);
        using var session = App.SessionOf(capability.Issuer.Guid);
        var before = await App.AuditEndAsync(Ct);

        foreach (var free in new[] { other, MachineCalls.NewHash() })
        {
            await App.ReleaseAsync(capability, free, Ct);
            using var bySession = await session.DeleteSeatAsync(capability.Guid, free, Ct);
            using var byAdministrator = await App.Administrator.DeleteSeatAsync(capability.Guid, free, Ct);
            Assert.Equal(HttpStatusCode.NoContent, bySession.StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, byAdministrator.StatusCode);
        }

        await App.HeldByAsync(capability, Ct, machine);
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task A_capability_that_was_never_activated_has_nothing_to_release()
    {
        var capability = await App.NewCapabilityAsync(Ct);

        using var session = App.SessionOf(capability.Issuer.Guid);

        await App.ReleaseAsync(capability, MachineCalls.NewHash(), Ct);
        foreach (var client in new[] { App.Administrator, session })
        {
            using var answer = await client.DeleteSeatAsync(capability.Guid, MachineCalls.NewHash(), Ct);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using var view = await App.GetCapabilityAsync(capability.Guid, Ct);
        await view.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
    }

    [Fact]
    public async Task Path_and_file_that_disagree_are_refused_whoever_asks()
    {
        var (capability, machine) = await HeldAsync();
        var other = capability.With("machines", "2");

        foreach (var client in new[] { App.Anonymous, App.Administrator })
        {
            using var answer = await client.DeleteSeatAsync(capability.Guid, machine, Ct, other.Json);
            await answer.InvalidAsync(Ct, "capabilityGuid");
        }

        await App.HeldByAsync(capability, Ct, machine);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"content":{}}""")]
    public async Task A_body_that_is_no_file_is_malformed_also_from_the_administrator(string body)
    {
        var (capability, machine) = await HeldAsync();

        foreach (var client in new[] { App.Anonymous, App.Administrator })
        {
            using var answer = await client.DeleteSeatAsync(capability.Guid, machine, Ct, body);
            await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
        }

        await App.HeldByAsync(capability, Ct, machine);
    }

    private static string Event(string actor, TestCapability capability, string machine) =>
        $$"""{{actor}} {{capability.Guid}} {"machine":"{{machine}}"}""";

    private async Task<(TestCapability Capability, string Machine)> HeldAsync()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        return (capability, machine);
    }

    public sealed class OnSqlite() : ReleasingSeatsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ReleasingSeatsTests(DatabaseProvider.Postgres);
}
