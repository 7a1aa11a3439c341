using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

public abstract class RevokingCapabilitiesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_issuer_revokes_by_the_file()
    {
        var capability = await App.NewCapabilityAsync(3, Ct);
        await App.ActivateAsync(capability, await App.NewMachineAsync(Ct), Ct);
        App.Clock.Advance(TimeSpan.FromTicks(15_000_001));

        var view = await App.RevokeAsync(capability, Ct);

        Assert.Equal(ViewOf(capability.Guid, 0, """{"used":1,"limit":3}""", "\"2026-11-21T19:19:01.5000001Z\""), view.GetRawText());
        Assert.Equal(view.GetRawText(), (await App.CapabilityAsync(capability.Guid, Ct)).GetRawText());
        Assert.Equal(
            [$$"""{{capability.Issuer.Guid}} {{capability.Guid}} {"issuer":"{{capability.Issuer.Guid}}"}"""],
            await App.SeatEventsAsync("capability-revoked", Ct));
    }

    [Fact]
    public async Task A_file_that_was_never_activated_tells_how_many_seats_there_were()
    {
        var capability = await App.NewCapabilityAsync(3, Ct);

        var view = await App.RevokeAsync(capability, Ct);

        Assert.Equal(ViewOf(capability.Guid, 0, """{"used":0,"limit":3}""", "\"2026-11-21T19:19:00.0000000Z\""), view.GetRawText());
    }

    [Fact]
    public async Task By_the_issuer_alone_the_limit_is_not_known_until_a_file_is_seen()
    {
        var capability = await App.NewCapabilityAsync(3, Ct);

        var view = await RevokeByIssuerAsync(capability, capability.Issuer.Guid);

        Assert.Equal(ViewOf(capability.Guid, 0, """{"used":0,"limit":null}""", "\"2026-11-21T19:19:00.0000000Z\""), view.GetRawText());
        Assert.Equal(view.GetRawText(), (await App.CapabilityAsync(capability.Guid, Ct)).GetRawText());
        App.Clock.Advance(TimeSpan.FromDays(1));
        var byFile = await App.RevokeAsync(capability, Ct);
        Assert.Equal(ViewOf(capability.Guid, 0, """{"used":0,"limit":3}""", "\"2026-11-21T19:19:00.0000000Z\""), byFile.GetRawText());
        Assert.Single(await App.SeatEventsAsync("capability-revoked", Ct));
    }

    [Fact]
    public async Task The_administrator_revokes_for_the_issuer()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var other = await App.NewCapabilityAsync(Ct);

        using var byFile = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json, Ct);
        using var byIssuer = await App.Administrator.PostRevocationAsync(other.Guid, ByIssuer(other.Issuer.Guid), Ct);

        await byFile.IsAsync(HttpStatusCode.OK, Ct);
        await byIssuer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["revoked"], await ReasonsAsync(capability));
        Assert.Equal(["revoked"], await ReasonsAsync(other));
        Assert.Equal(
            [
                $$"""administrator {{capability.Guid}} {"issuer":"{{capability.Issuer.Guid}}"}""",
                $$"""administrator {{other.Guid}} {"issuer":"{{other.Issuer.Guid}}"}""",
            ],
            await App.SeatEventsAsync("capability-revoked", Ct));
    }

    [Fact]
    public async Task Nobody_else_revokes()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        using var session = App.SessionOf((await App.RegisterUserAsync(Ct)).Guid);
        var before = await App.AuditEndAsync(Ct);

        foreach (var body in new[] { capability.Json, ByIssuer(capability.Issuer.Guid) })
        {
            using var other = await session.PostRevocationAsync(capability.Guid, body, Ct);
            using var nobody = await App.Anonymous.PostRevocationAsync(capability.Guid, body, Ct);
            await other.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }

        Assert.Empty(await ReasonsAsync(capability));
        using var view = await App.GetCapabilityAsync(capability.Guid, Ct);
        await view.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task Revoking_again_in_either_form_gives_the_first_date_and_changes_nothing()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var first = await App.RevokeAsync(capability, Ct);
        App.Clock.Advance(TimeSpan.FromDays(1));
        var before = await App.AuditEndAsync(Ct);

        var again = await App.RevokeAsync(capability, Ct);
        var byIssuer = await RevokeByIssuerAsync(capability, capability.Issuer.Guid);
        using var byAdministrator = await App.Administrator.PostRevocationAsync(capability.Guid, capability.Json, Ct);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(first.GetRawText(), byIssuer.GetRawText());
        Assert.Equal(first.GetRawText(), (await byAdministrator.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task A_revocation_for_another_issuer_does_not_count_for_the_file()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var machine = await App.NewMachineAsync(Ct);
        var other = await App.RegisterUserAsync(Ct);

        await RevokeByIssuerAsync(capability, other.Guid);

        Assert.Empty(await ReasonsAsync(capability));
        await App.ActivateAsync(capability, machine, Ct);
        Assert.Equal(
            ViewOf(capability.Guid, 1, """{"used":1,"limit":1}""", "null"),
            (await App.CapabilityAsync(capability.Guid, Ct)).GetRawText());

        // Nor does it give the other a say in the capability.
        using var session = App.SessionOf(other.Guid);
        using var list = await session.GetAsync(SeatCalls.ListPath(capability.Guid), Ct);
        using var release = await session.DeleteSeatAsync(capability.Guid, machine, Ct);
        await list.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await release.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);

        // And its own issuer's counts from its own date.
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        var view = await App.RevokeAsync(capability, Ct);
        Assert.Equal("2026-11-21T19:19:01.0000000Z", view.GetProperty("revokedDate").GetString());
    }

    [Fact]
    public async Task Another_issuers_revocation_after_the_file_was_seen_shows_in_no_answer()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        await App.ActivateAsync(capability, await App.NewMachineAsync(Ct), Ct);

        var view = await RevokeByIssuerAsync(capability, (await App.RegisterUserAsync(Ct)).Guid);

        Assert.Equal(ViewOf(capability.Guid, 1, """{"used":1,"limit":1}""", "null"), view.GetRawText());
    }

    [Fact]
    public async Task A_revocation_counts_from_the_next_verify_and_activation_on_and_leaves_the_seats_held()
    {
        var capability = await App.NewCapabilityAsync(2, Ct);
        var machines = await App.NewMachinesAsync(2, Ct);
        await App.ActivateAsync(capability, machines[0], Ct);
        Assert.Empty(await ReasonsAsync(capability));

        await App.RevokeAsync(capability, Ct);

        Assert.Equal(["revoked"], await ReasonsAsync(capability));
        foreach (var machine in machines)
        {
            using var answer = await App.PutSeatAsync(capability, machine, Ct);
            var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "capability-invalid", Ct);
            Assert.Equal(["revoked"], CapabilityCalls.ReasonsOf(problem));
        }

        await App.HeldByAsync(capability, Ct, machines[0]);
    }

    [Fact]
    public async Task A_capability_can_be_revoked_whatever_else_is_wrong_with_it()
    {
        var expired = TestCapability.Of(await App.RegisterUserAsync(Ct), MachineCalls.NewHash())
            .With("notAfter", App.Clock.GetUtcNow().AddDays(-1));
        using var session = App.SessionOf(expired.Issuer.Guid);

        using var answer = await session.PostRevocationAsync(expired.Guid, expired.SignedBy(TestUser.Make()).Json, Ct);

        await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["software-unknown", "expired", "revoked"], await ReasonsAsync(expired));
    }

    [Fact]
    public async Task Path_and_file_that_disagree_are_refused()
    {
        var capability = await App.NewCapabilityAsync(Ct);

        using var answer = await App.Administrator.PostRevocationAsync(capability.Guid, capability.With("machines", "2").Json, Ct);

        await answer.InvalidAsync(Ct, "capabilityGuid");
        Assert.Empty(await ReasonsAsync(capability));
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    [InlineData("{}", "issuerGuid")]
    [InlineData("""{"issuerGuid":null}""", "issuerGuid")]
    [InlineData("""{"issuerGuid":"abc"}""", "issuerGuid")]
    [InlineData("""{"issuerGuid":1}""", "issuerGuid")]
    [InlineData("""{"issuer":"abc"}""", "issuer", "issuerGuid")]
    [InlineData("""{"issuerGuid":"a","content":{}}""", "content")]
    [InlineData("""{"cont\ud800ent":{}}""", "issuerGuid")]
    [InlineData("""{"\udc00verification":{}}""", "issuerGuid")]
    public async Task A_body_that_is_neither_a_file_nor_an_issuer_is_invalid(string body, params string[] members)
    {
        using var answer = await App.Administrator.PostRevocationAsync(MachineCalls.NewHash(), body, Ct);

        await answer.InvalidAsync(Ct, members);
    }

    [Theory]
    [InlineData("""{"content":{}}""")]
    [InlineData("""{"content":""")]
    [InlineData("""{"verification":{},"content":{}}""")]
    [InlineData("""{"cont\u0065nt":{}}""")]
    public async Task A_broken_file_is_malformed(string body)
    {
        using var answer = await App.Administrator.PostRevocationAsync(MachineCalls.NewHash(), body, Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
    }

    private static string ByIssuer(string issuer) => $$"""{"issuerGuid":"{{issuer}}"}""";

    private static string ViewOf(string guid, int state, string seats, string revoked) =>
        $$"""{"capabilityGuid":"{{guid}}","state":{{state}},"seats":{{seats}},"revokedDate":{{revoked}}}""";

    private async Task<string[]> ReasonsAsync(TestCapability capability) =>
        CapabilityCalls.ReasonsOf(await App.VerifyCapabilityAsync(capability.Json, Ct));

    private async Task<JsonElement> RevokeByIssuerAsync(TestCapability capability, string issuer)
    {
        using var session = App.SessionOf(issuer);
        using var answer = await session.PostRevocationAsync(capability.Guid, ByIssuer(issuer), Ct);
        return await answer.IsAsync(HttpStatusCode.OK, Ct);
    }

    public sealed class OnSqlite() : RevokingCapabilitiesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RevokingCapabilitiesTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task Revocations_by_the_file_and_by_the_issuer_at_once_leave_one_date_and_one_entry()
        {
            await using var other = await App.StartNodeAsync(Ct);
            var capability = await App.NewCapabilityAsync(Ct);

            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? App : other).Administrator.PostRevocationAsync(
                capability.Guid,
                i % 4 < 2 ? capability.Json : ByIssuer(capability.Issuer.Guid),
                Ct)));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            Assert.Single(await App.SeatEventsAsync("capability-revoked", Ct));
        }
    }
}
