using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>Nodes that are admitted by an administrator, or by a join token as bearer.</summary>
public abstract class AdmittingNodesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_first_node_has_admitted_itself_and_its_descriptor_is_signed()
    {
        using var answer = await App.Anonymous.GetAsync(NodeCalls.Path, Ct);

        var cluster = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["nodeId", "nodes"], Answers.MembersOf(cluster));
        var node = Assert.Single(cluster.GetProperty("nodes").EnumerateArray());
        Assert.Equal(
            ["nodeId", "name", "state", "publicEndpoint", "clusterEndpoint", "ck", "sk", "digSig", "lastSeenDate"],
            node.EnumerateObject().Select(member => member.Name));
        Assert.Equal(cluster.GetProperty("nodeId").GetString(), node.GetProperty("nodeId").GetString());
        Assert.Equal("active", node.GetProperty("state").GetString());
        Assert.Equal($"node_{App.NodeId[..8]}", node.GetProperty("name").GetString());
        Assert.Equal("2026-11-21T19:19:00.0000000Z", node.GetProperty("lastSeenDate").GetString());
        TestNode.AssertSigned(node);
    }

    [Fact]
    public async Task An_administrator_admits_a_node()
    {
        var node = new TestNode();

        using var answer = await PostAsync(App.Administrator, node);

        var admitted = await answer.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal($"/v1/cluster/nodes/{node.Id}", answer.HeaderOf("Location"));
        Assert.Equal(node.Id, admitted.GetProperty("nodeId").GetString());
        Assert.Equal("active", admitted.GetProperty("state").GetString());
        TestNode.AssertSigned(admitted);
        var nodes = await RepositoryApp.NodesAsync(App.Anonymous, Ct);
        Assert.Equal([App.NodeId, node.Id], nodes.Select(each => each.GetProperty("nodeId").GetString()));
        Assert.Equal(admitted.GetRawText(), nodes[1].GetRawText());
        Assert.Equal([$"administrator node-admitted {node.Id}"], await App.AuditedAsync(Ct));
    }

    [Fact]
    public async Task A_join_token_admits_one_node_and_is_then_none()
    {
        var token = await App.MakeJoinTokenAsync(Ct);
        var bearer = App.Presenting(token);

        using var first = await PostAsync(bearer, new TestNode());
        using var second = await PostAsync(bearer, new TestNode());

        await first.IsAsync(HttpStatusCode.Created, Ct);
        await second.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.Equal("Bearer realm=\"repository\", error=\"invalid_token\"", second.HeaderOf("WWW-Authenticate"));
        Assert.Contains(await App.AuditedAsync(Ct), entry => entry.StartsWith("join-token node-admitted ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_nodes_with_one_token_one_is_admitted()
    {
        var bearer = App.Presenting(await App.MakeJoinTokenAsync(Ct));
        var bodies = Enumerable.Range(0, 4).Select(_ => new TestNode().ToJson().ToJsonString()).ToList();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            using var answer = await RepositoryApp.SendAsync(bearer, HttpMethod.Post, NodeCalls.NodesPath, bodies[i % bodies.Count], Ct);
            return answer.StatusCode;
        }));

        Assert.Single(statuses, status => status == HttpStatusCode.Created);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.Unauthorized or HttpStatusCode.Conflict));
        Assert.Equal(2, (await RepositoryApp.NodesAsync(App.Administrator, Ct)).Count);
    }

    [Fact]
    public async Task An_expired_a_foreign_and_a_misspelled_token_are_none()
    {
        var token = await App.MakeJoinTokenAsync(Ct);
        App.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var other in new[] { token, $"rjt_{new string('A', 43)}", token[..^1], token + "A", "rjt_" })
        {
            using var answer = await PostAsync(App.Presenting(other), new TestNode());
            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }
    }

    [Fact]
    public async Task A_join_token_is_good_for_nothing_else()
    {
        var bearer = App.Presenting(await App.MakeJoinTokenAsync(Ct));

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/v1/status"),
            (HttpMethod.Get, "/v1/audit"),
            (HttpMethod.Post, NodeCalls.TokensPath),
            (HttpMethod.Patch, $"{NodeCalls.NodesPath}/{App.NodeId}"),
            (HttpMethod.Get, "/v1/resources"),
            (HttpMethod.Post, "/v1/clusters"),
        })
        {
            using var answer = await RepositoryApp.SendAsync(bearer, method, path, method == HttpMethod.Get ? null : """{"state":"disabled"}""", Ct);
            await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        }
    }

    [Fact]
    public async Task A_token_is_shown_once_expires_in_an_hour_and_only_its_hash_is_kept()
    {
        using var first = await PostTokenAsync();
        using var again = await PostTokenAsync();

        var token = await first.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal(["expiresDate", "token"], Answers.MembersOf(token));
        Assert.Matches("^rjt_[A-Za-z0-9_-]{43}$", token.GetProperty("token").GetString()!);
        Assert.Equal("2026-11-21T20:19:00.0000000Z", token.GetProperty("expiresDate").GetString());
        Assert.NotEqual(token.GetProperty("token").GetString(), (await again.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("token").GetString());
        Assert.False(again.IsReplay());
    }

    [Fact]
    public async Task Only_an_administrator_makes_tokens_and_changes_nodes()
    {
        var session = App.SessionOf(new string('a', 64));
        foreach (var (client, status, code) in new[] { (App.Anonymous, HttpStatusCode.Unauthorized, "unauthenticated"), (session, HttpStatusCode.Forbidden, "forbidden") })
        {
            using var token = await client.PostAsync(NodeCalls.TokensPath, null, Ct);
            using var node = await PostAsync(client, new TestNode());
            using var patch = await RepositoryApp.SendAsync(client, HttpMethod.Patch, $"{NodeCalls.NodesPath}/{App.NodeId}", """{"state":"disabled"}""", Ct);
            await token.RefusedAsync(status, code, Ct);
            await node.RefusedAsync(status, code, Ct);
            await patch.RefusedAsync(status, code, Ct);
        }
    }

    [Fact]
    [Shows("node-exists")]
    public async Task A_node_that_is_there_is_not_admitted_again_and_the_token_is_kept()
    {
        var (node, token) = (new TestNode(), await App.MakeJoinTokenAsync(Ct));
        using var first = await PostAsync(App.Administrator, node);
        await App.SetNodeAsync(node.Id, "disabled", Ct);

        using var again = await PostAsync(App.Presenting(token), node);
        using var other = await PostAsync(App.Presenting(token), new TestNode());

        await again.RefusedAsync(HttpStatusCode.Conflict, "node-exists", Ct);
        await other.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal("disabled", await App.StateOfAsync(node.Id, Ct));
    }

    [Fact]
    public async Task A_repeat_with_its_idempotency_key_gets_the_first_answer()
    {
        var body = new TestNode().ToJson().ToJsonString();

        using var first = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.NodesPath, body, Ct, ("Idempotency-Key", "k"));
        using var again = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.NodesPath, body, Ct, ("Idempotency-Key", "k"));

        Assert.Equal((await first.IsAsync(HttpStatusCode.Created, Ct)).GetRawText(), (await again.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.True(again.IsReplay());
    }

    [Theory]
    [InlineData("name", "beta")]
    [InlineData("publicEndpoint", "beta.example:443")]
    [InlineData("clusterEndpoint", "beta.example:9189")]
    [InlineData("digSig", "AAAA")]
    [Shows("signature-invalid")]
    public async Task A_signature_of_something_else_is_refused(string member, string value)
    {
        var json = new TestNode().ToJson();
        json[member] = value;

        using var answer = await PostAsync(App.Administrator, json);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "signature-invalid", Ct);
        Assert.Single(await RepositoryApp.NodesAsync(App.Administrator, Ct));
    }

    [Theory]
    [InlineData("ck")]
    [InlineData("sk")]
    public async Task Another_key_is_refused_by_its_signature_and_another_kind_before_it(string member)
    {
        var json = new TestNode().ToJson();
        json[member] = OpenSslKeys.Rsa2048;
        using var otherKey = await PostAsync(App.Administrator, json);
        json[member] = OpenSslKeys.Ed25519;
        using var otherKind = await PostAsync(App.Administrator, json);

        await otherKey.RefusedAsync(HttpStatusCode.BadRequest, "signature-invalid", Ct);
        await otherKind.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_as_such_and_not_its_signature()
    {
        using var longer = RSA.Create(4096);
        var json = new TestNode().ToJson();
        json["sk"] = longer.ExportSubjectPublicKeyInfoPem();
        json["digSig"] = Convert.ToBase64String(new byte[512]);

        using var refused = await PostAsync(App.Administrator, json);

        await refused.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
    }

    [Theory]
    [InlineData("name", "0zero")]
    [InlineData("name", "")]
    [InlineData("publicEndpoint", "http://alpha.example:443")]
    [InlineData("publicEndpoint", "alpha.example")]
    [InlineData("clusterEndpoint", "alpha.example:0")]
    [InlineData("digSig", "not base64")]
    public async Task A_malformed_member_is_named(string member, string value)
    {
        var json = new TestNode().ToJson();
        json[member] = value;

        using var answer = await PostAsync(App.Administrator, json);

        await answer.InvalidAsync(Ct, member);
    }

    private Task<HttpResponseMessage> PostTokenAsync() =>
        RepositoryApp.SendAsync(App.Administrator, HttpMethod.Post, NodeCalls.TokensPath, "{}", Ct, ("Idempotency-Key", "the-same"));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, TestNode node) => PostAsync(client, node.ToJson());

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, JsonObject json) =>
        RepositoryApp.SendAsync(client, HttpMethod.Post, NodeCalls.NodesPath, json.ToJsonString(), Ct);

    public sealed class OnSqlite() : AdmittingNodesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : AdmittingNodesTests(DatabaseProvider.Postgres);
}
