using System.Globalization;
using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Who may verify, and what is left of it: nothing.</summary>
public abstract class VerifyingChangesNothingTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("capability-unknown")]
    public async Task A_capability_that_was_only_verified_is_unknown_until_its_first_activation()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("machines", "2");
        var (machine, _) = await App.RegisterAsync(Ct);
        await App.AssertVerifiesAsync(capability.Json, Ct);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "machine-not-activated");
        using var before = await App.GetCapabilityAsync(capability.Guid, Ct);
        await before.RefusedAsync(HttpStatusCode.NotFound, "capability-unknown", Ct);
        await App.ActivateAsync(capability, machine, Ct);
        using var activated = await App.GetCapabilityAsync(capability.Guid, Ct);
        var known = await activated.IsAsync(HttpStatusCode.OK, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct);

        using var after = await App.GetCapabilityAsync(capability.Guid, Ct);
        Assert.Equal(known.GetRawText(), (await after.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
    }

    [Fact]
    public async Task Verifying_writes_nothing_whatever_it_says()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (machine, _) = await App.RegisterAsync(Ct);
        var head = await App.AuditEndAsync(Ct);

        await App.AssertVerifiesAsync(capability.Json, Ct);
        await App.AssertVerifiesAsync(capability.JsonWith(new byte[64]), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.With("notAfter", App.Clock.GetUtcNow()).Json, Ct, "expired");
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "machine-not-activated");
        await App.AssertVerifiesOnAsync(MachineCalls.NewHash(), capability.Json, Ct, "machine-unknown");
        using var malformed = await App.PostVerifyCapabilityAsync([], Ct);

        Assert.Equal(head, await App.AuditEndAsync(Ct));
        foreach (var table in (string[])["capabilities", "seats", "revocations", "idempotency"])
        {
            Assert.Equal(0, await CountAsync(table));
        }
    }

    [Fact]
    public async Task An_idempotency_key_is_ignored()
    {
        const string Key = "key-1";
        var capability = await App.NewCapabilityAsync(Ct);

        await AssertVerifiesKeyedAsync(Key, capability);
        await AssertVerifiesKeyedAsync(Key, capability.With("edition", "2"));
        await App.RevokeAsync(capability, Ct);
        await AssertVerifiesKeyedAsync(Key, capability, "revoked");
        using var malformed = await App.Anonymous.PostKeyedAsync(CapabilityCalls.VerifyPath, "{}", Key, Ct);

        await malformed.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
        Assert.Equal(0, await CountAsync("idempotency"));
    }

    [Fact]
    public async Task An_idempotency_key_that_is_malformed_is_ignored_too()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        foreach (var key in (string[])["", " ", "a b", new('k', 256)])
        {
            await AssertVerifiesKeyedAsync(key, capability);
        }
    }

    [Fact]
    public async Task Anyone_may_verify_but_not_with_a_bad_credential()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        using var session = App.SessionOf((await App.IssuerAsync(Ct)).Issuer.Guid);
        foreach (var client in (HttpClient[])[App.Anonymous, App.Administrator, session])
        {
            using var answer = await RepositoryApp.SendAsync(client, HttpMethod.Post, CapabilityCalls.VerifyPath, capability.Json, Ct);

            var body = await answer.IsAsync(HttpStatusCode.OK, Ct);
            Assert.True(body.GetProperty("valid").GetBoolean());
            Assert.Equal("no-store", answer.HeaderOf("Cache-Control"));
            Assert.Equal("application/json; charset=utf-8", answer.HeaderOf("Content-Type"));
        }

        foreach (var credential in (string[])["Bearer rak_wrong", "Bearer rlt_a.b", "Basic YTpi", "Bearer"])
        {
            using var refused = await RepositoryApp.SendAsync(
                App.Anonymous,
                HttpMethod.Post,
                CapabilityCalls.VerifyPath,
                capability.Json,
                Ct,
                ("Authorization", credential));

            await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }
    }

    private async Task AssertVerifiesKeyedAsync(string key, TestCapability capability, params string[] reasons)
    {
        using var answer = await App.Anonymous.PostKeyedAsync(CapabilityCalls.VerifyPath, capability.Json, key, Ct);

        Assert.Equal(reasons, CapabilityCalls.ReasonsOf(await answer.IsAsync(HttpStatusCode.OK, Ct)));
        Assert.False(answer.IsReplay());
    }

    private async Task<int> CountAsync(string table) =>
        Convert.ToInt32(await App.ScalarSqlAsync($"SELECT COUNT(*) FROM {table}", Ct), CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : VerifyingChangesNothingTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : VerifyingChangesNothingTests(DatabaseProvider.Postgres);
}
