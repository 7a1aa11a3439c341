using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public abstract class OwningResourcesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    [Shows("resource-unknown")]
    public async Task To_anyone_but_its_owner_a_resource_is_not_there()
    {
        var (owner, stranger) = (await App.NewOwnerAsync(Ct), await App.NewOwnerAsync(Ct));
        var guid = await App.CreateResourceAsync(owner, Ct);
        var (source, token) = await App.CreateLoginTokenAsync(owner, guid, Ct);
        foreach (var name in (string[])[guid, ResourceCalls.NewGuid()])
        {
            foreach (var (method, path, json) in CallsOn(name, source))
            {
                using var refused = await RepositoryApp.SendAsync(App.SessionOf(stranger), method, path, json, Ct);
                await refused.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Ct);
                using var anonymous = await RepositoryApp.SendAsync(App.Anonymous, method, path, json, Ct);
                await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
                using var byLoginToken = await RepositoryApp.SendAsync(App.Bearing(token), method, path, json, Ct);
                await byLoginToken.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            }
        }

        Assert.Equal(2, (await App.AuditedResourcesAsync(Ct)).Count);
    }

    [Fact]
    public async Task An_administrator_may_do_what_its_owner_may()
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = await App.CreateResourceAsync(owner, Ct);
        var (source, _) = await App.CreateLoginTokenAsync(owner, guid, Ct);

        foreach (var (method, path, json) in CallsOn(guid, source))
        {
            using var answer = await RepositoryApp.SendAsync(App.Administrator, method, path, json, Ct);
            Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Lists_hold_the_callers_own_and_for_an_administrator_all_in_the_order_of_creation()
    {
        var (one, other) = (await App.NewOwnerAsync(Ct), await App.NewOwnerAsync(Ct));
        var guids = new List<string>();
        foreach (var owner in (string[])[one, other, other, one, one])
        {
            guids.Add(await App.CreateResourceAsync(owner, Ct));
        }

        using var deleted = await App.SessionOf(one).DeleteResourceAsync(guids[3], Ct);

        Assert.Equal([guids[0], guids[4]], await ListAsync(App.SessionOf(one)));
        Assert.Equal([guids[1], guids[2]], await ListAsync(App.SessionOf(other)));
        Assert.Equal([guids[0], guids[1], guids[2], guids[4]], await ListAsync(App.Administrator));
        Assert.Empty(await ListAsync(App.SessionOf(await App.NewOwnerAsync(Ct))));
    }

    [Fact]
    public async Task A_change_changes_what_it_names_and_is_audited_once()
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = await App.CreateResourceAsync(owner, Ct);
        var session = App.SessionOf(owner);

        using var name = await session.PatchResourceAsync(guid, """{"name":"Mill"}""", Ct);
        using var peers = await session.PatchResourceAsync(guid, """{"allowedPeers":"any"}""", Ct);
        using var same = await session.PatchResourceAsync(guid, """{"name":"Mill","allowedPeers":"any"}""", Ct);
        using var nothing = await session.PatchResourceAsync(guid, """{"name":null}""", Ct);
        using var invalid = await session.PatchResourceAsync(guid, """{"name":""}""", Ct);
        using var unread = await session.PatchResourceAsync(guid, """{"ownerGuid":"00112233445566778899aabbccddeeff"}""", Ct);

        var json = $$"""{"resourceGuid":"{{guid}}","ownerGuid":"{{owner}}","name":"Mill","allowedPeers":"own","createdDate":"2026-11-21T19:19:00.0000000Z"}""";
        Assert.Equal(json, (await name.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        foreach (var answer in (HttpResponseMessage[])[peers, same, nothing])
        {
            Assert.Equal(json.Replace("own\"", "any\"", StringComparison.Ordinal), (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        }

        await invalid.InvalidAsync(Ct, "name");
        await unread.InvalidAsync(Ct, "ownerGuid");
        Assert.Equal(
            [$"{owner} resource-created {guid}", $"{owner} resource-updated {guid}", $"{owner} resource-updated {guid}"],
            await App.AuditedResourcesAsync(Ct));
    }

    [Fact]
    public async Task A_deleted_resource_is_gone_with_its_login_tokens()
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = await App.CreateResourceAsync(owner, Ct);
        var (source, token) = await App.CreateLoginTokenAsync(owner, guid, Ct);
        var session = App.SessionOf(owner);
        using var first = await session.DeleteResourceAsync(guid, Ct, ("Idempotency-Key", "k"));

        using var again = await session.DeleteResourceAsync(guid, Ct, ("Idempotency-Key", "k"));
        using var anew = await session.DeleteResourceAsync(guid, Ct);
        using var presented = await App.Bearing(token).GetAsync("/health/live", Ct);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await again.AssertReplaysAsync(first, Ct);
        await anew.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Ct);
        await presented.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        foreach (var (method, path, json) in CallsOn(guid, source))
        {
            using var refused = await RepositoryApp.SendAsync(session, method, path, json, Ct);
            await refused.RefusedAsync(HttpStatusCode.NotFound, "resource-unknown", Ct);
        }

        Assert.Equal($"{owner} resource-deleted {guid}", (await App.AuditedResourcesAsync(Ct))[^1]);
    }

    [Fact]
    public async Task Of_sixteen_deletions_at_once_exactly_one_is_done()
    {
        var owner = await App.NewOwnerAsync(Ct);
        var guid = await App.CreateResourceAsync(owner, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.SessionOf(owner).DeleteResourceAsync(guid, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("resources/x", "resourceGuid")]
    [InlineData("resources?limit=0", "limit")]
    [InlineData("resources?after=x", "after")]
    [InlineData("resources/00112233445566778899aabbccddeeff/login-tokens?limit=201", "limit")]
    [InlineData("resources/00112233445566778899aabbccddeeff/login-tokens/00112233445566778899AABBCCDDEEFF", "sourceId")]
    [InlineData("resources/00112233445566778899aabbccddeeff/login-tokens/0011223344556677889900112233445566778899001122334455667788990011", "sourceId")]
    public async Task A_bad_parameter_is_refused_by_name(string path, string name)
    {
        using var refused = await App.Administrator.GetAsync($"/v1/{path}", Ct);

        await refused.InvalidAsync(Ct, name);
    }

    /// <summary>Everything that an owner may do to a resource; the last one deletes it.</summary>
    private static (HttpMethod Method, string Path, string? Json)[] CallsOn(string guid, string source) =>
    [
        (HttpMethod.Get, $"/v1/resources/{guid}", null),
        (HttpMethod.Patch, $"/v1/resources/{guid}", """{"name":"Mill"}"""),
        (HttpMethod.Get, $"/v1/resources/{guid}/login-tokens", null),
        (HttpMethod.Post, $"/v1/resources/{guid}/login-tokens", "{}"),
        (HttpMethod.Get, $"/v1/resources/{guid}/login-tokens/{source}", null),
        (HttpMethod.Delete, $"/v1/resources/{guid}/login-tokens/{source}", null),
        (HttpMethod.Delete, $"/v1/resources/{guid}", null),
    ];

    private static async Task<IEnumerable<string>> ListAsync(HttpClient client) =>
        (await client.PagedAsync(ResourceCalls.Path, Ct)).Select(resource => resource.GetProperty("resourceGuid").GetString()!);

    public sealed class OnSqlite() : OwningResourcesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : OwningResourcesTests(DatabaseProvider.Postgres);
}
