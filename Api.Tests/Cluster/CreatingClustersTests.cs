using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

public abstract class CreatingClustersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _user = UserClusterCalls.NewUser();

    [Fact]
    public async Task A_cluster_is_created_with_exactly_the_members_of_the_contract_and_shown_by_name_and_id_also_after_a_restart()
    {
        using var created = await App.SessionOf(_user).PostClusterAsync("""{"name":"Presses_1","maxSize":64,"endpointCount":2,"attrs":9007199254740991}""", Ct);

        var body = await created.IsAsync(HttpStatusCode.Created, Ct);
        var id = body.GetProperty("clusterId").GetString()!;
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Equal(
            $$"""{"clusterId":"{{id}}","name":"Presses_1","maxSize":64,"endpointCount":2,"attrs":9007199254740991,"size":0,"creatorGuid":"{{_user}}","createdDate":"2026-11-21T19:19:00.0000000Z"}""",
            body.GetRawText());
        Assert.Equal($"/v1/clusters/{id}", created.HeaderOf("Location"));
        await App.RestartAsync(Ct);
        Assert.All([await App.ClusterAsync(id, Ct), await App.ClusterAsync("Presses_1", Ct)], shown => Assert.Equal(body.GetRawText(), shown.GetRawText()));
        Assert.Equal([$"{_user} cluster-created {id}"], await App.AuditedClustersAsync(Ct));
        AuditCalls.AssertChain(await App.AuditEntriesAsync(Ct));
    }

    [Theory]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1}""", null)]
    [InlineData("""{"name":"a","maxSize":64,"endpointCount":64,"attrs":0}""", null)]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1,"attrs":null}""", null)]
    [InlineData("""{"maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"","maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"9a","maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"a-b","maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"é","maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","maxSize":2,"endpointCount":1}""", "name")]
    [InlineData("""{"name":"a","endpointCount":1}""", "maxSize")]
    [InlineData("""{"name":"a","maxSize":1,"endpointCount":1}""", "maxSize")]
    [InlineData("""{"name":"a","maxSize":65,"endpointCount":1}""", "maxSize")]
    [InlineData("""{"name":"a","maxSize":2.5,"endpointCount":1}""", "maxSize")]
    [InlineData("""{"name":"a","maxSize":"2","endpointCount":1}""", "maxSize")]
    [InlineData("""{"name":"a","maxSize":2}""", "endpointCount")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":0}""", "endpointCount")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":65}""", "endpointCount")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1,"attrs":-1}""", "attrs")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1,"attrs":9007199254740992}""", "attrs")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1,"attrs":18446744073709551616}""", "attrs")]
    [InlineData("""{"name":"a","maxSize":2,"endpointCount":1,"size":2}""", "size")]
    public async Task Both_sides_of_every_limit(string json, string? member)
    {
        using var answer = await App.SessionOf(_user).PostClusterAsync(json, Ct);

        if (member is null)
        {
            await answer.IsAsync(HttpStatusCode.Created, Ct);
            return;
        }

        await answer.InvalidAsync(Ct, member);
    }

    [Fact]
    [Shows("cluster-exists")]
    public async Task Of_sixteen_creations_of_one_name_at_once_exactly_one_is_done()
    {
        var name = UserClusterCalls.NewName();
        var json = $$"""{"name":"{{name}}","maxSize":2,"endpointCount":1}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.SessionOf(UserClusterCalls.NewUser()).PostClusterAsync(json, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal((await RepositoryApp.JsonOf(winner, Ct)).GetRawText(), (await App.ClusterAsync(name, Ct)).GetRawText());
        foreach (var refused in answers.Where(answer => answer != winner))
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, "cluster-exists", Ct);
        }

        Assert.Single(await App.AuditedClustersAsync(Ct));
    }

    [Fact]
    [Shows("cluster-unknown")]
    public async Task What_is_unknown_is_404_and_what_is_no_reference_400()
    {
        foreach (var unknown in (string[])["nothing", new('0', 64), new('0', 40)])
        {
            using var shown = await App.Anonymous.GetAsync($"/v1/clusters/{unknown}", Ct);
            await shown.RefusedAsync(HttpStatusCode.NotFound, "cluster-unknown", Ct);
            using var members = await App.SessionOf(_user).GetAsync($"/v1/clusters/{unknown}/members", Ct);
            await members.RefusedAsync(HttpStatusCode.NotFound, "cluster-unknown", Ct);
            using var joined = await App.SessionOf(_user).PostMemberAsync(unknown, TestMember.New(), Ct);
            await joined.RefusedAsync(HttpStatusCode.NotFound, "cluster-unknown", Ct);
            using var removed = await App.SessionOf(_user).DeleteMemberAsync(unknown, TestMember.NewId(), Ct);
            await removed.RefusedAsync(HttpStatusCode.NotFound, "cluster-unknown", Ct);
            using var deleted = await App.SessionOf(_user).DeleteClusterAsync(unknown, Ct);
            await deleted.RefusedAsync(HttpStatusCode.NotFound, "cluster-unknown", Ct);
        }

        foreach (var malformed in (string[])["9a", "a-b", new('F', 64), new('0', 38), new('a', 129)])
        {
            using var shown = await App.Anonymous.GetAsync($"/v1/clusters/{malformed}", Ct);
            await shown.InvalidAsync(Ct, "cluster");
        }

        Assert.Empty(await App.AuditedClustersAsync(Ct));
    }

    [Fact]
    public async Task Anyone_lists_them_in_the_order_of_creation()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await App.CreateClusterAsync(_user, Ct));
        }

        var listed = await App.Anonymous.PagedAsync(UserClusterCalls.Path, Ct);

        Assert.Equal(ids, listed.Select(cluster => cluster.GetProperty("clusterId").GetString()));
        Assert.Equal((await App.ClusterAsync(ids[0], Ct)).GetRawText(), listed[0].GetRawText());
    }

    [Fact]
    [Shows("forbidden")]
    public async Task Only_sessions_create_and_only_the_creator_or_an_administrator_deletes()
    {
        const string json = """{"name":"a","maxSize":2,"endpointCount":1}""";
        using var anonymous = await App.Anonymous.PostClusterAsync(json, Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        using var administrator = await App.Administrator.PostClusterAsync(json, Ct);
        await administrator.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        var first = await App.CreateClusterAsync(_user, Ct, "a");

        using var nobody = await App.Anonymous.DeleteClusterAsync("a", Ct);
        await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        using var stranger = await App.SessionOf(UserClusterCalls.NewUser()).DeleteClusterAsync("a", Ct);
        await stranger.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        using var creator = await App.SessionOf(_user).DeleteClusterAsync("a", Ct);
        Assert.Equal(HttpStatusCode.NoContent, creator.StatusCode);

        var second = await App.CreateClusterAsync(_user, Ct, "a"); // The name is free again, and the id another.
        using var deleted = await App.Administrator.DeleteClusterAsync(second, Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(
            [$"{_user} cluster-created {first}", $"{_user} cluster-deleted {first}", $"{_user} cluster-created {second}", $"administrator cluster-deleted {second}"],
            await App.AuditedClustersAsync(Ct));
    }

    [Fact]
    public async Task A_repeated_call_with_its_key_is_answered_again()
    {
        const string json = """{"name":"a","maxSize":2,"endpointCount":1}""";
        var key = ("Idempotency-Key", "k");
        using var first = await App.SessionOf(_user).PostClusterAsync(json, Ct, key);
        using var again = await App.SessionOf(_user).PostClusterAsync(json, Ct, key);
        await again.AssertReplaysAsync(first, Ct);
        using var deleted = await App.SessionOf(_user).DeleteClusterAsync("a", Ct, key);
        using var deletedAgain = await App.SessionOf(_user).DeleteClusterAsync("a", Ct, key);
        await deletedAgain.AssertReplaysAsync(deleted, Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(2, (await App.AuditedClustersAsync(Ct)).Count);
    }

    public sealed class OnSqlite() : CreatingClustersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CreatingClustersTests(DatabaseProvider.Postgres);
}
