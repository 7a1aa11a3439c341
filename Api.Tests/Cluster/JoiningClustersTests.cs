using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Keys;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

public abstract class JoiningClustersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _user = UserClusterCalls.NewUser();

    [Fact]
    public async Task A_member_joins_with_what_it_signed_and_stays_over_a_restart()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct, "presses", endpointCount: 2);
        var member = new TestMember { Attrs = 9_007_199_254_740_991 };

        using var joined = await App.SessionOf(_user).PostMemberAsync("presses", member, Ct);

        var body = await joined.IsAsync(HttpStatusCode.Created, Ct);
        Assert.Equal($"/v1/clusters/{cluster}/members/{member.Id}", joined.HeaderOf("Location"));
        var expected = new JsonObject
        {
            ["nodeId"] = Convert.ToHexStringLower(TestMember.OneKey.Hash),
            ["name"] = "alpha",
            ["attrs"] = 9_007_199_254_740_991,
            ["ck"] = member.Ck.Pem,
            ["sk"] = member.Sk.Pem,
            ["endpoints"] = new JsonArray("alpha.example:9189", "alpha.example:443"),
            ["digSig"] = Convert.ToBase64String(member.DigSig),
            ["userGuid"] = _user,
            ["joinedDate"] = "2026-11-21T19:19:00.0000000Z",
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(body.GetRawText())), body.GetRawText());
        await App.RestartAsync(Ct);
        using var listed = await App.SessionOf(_user).GetAsync($"/v1/clusters/{cluster}/members", Ct);
        Assert.Equal($$"""{"items":[{{body.GetRawText()}}],"next":null}""", (await listed.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(1, (await App.ClusterAsync(cluster, Ct)).GetProperty("size").GetInt32());
        Assert.Equal([$"{_user} cluster-created {cluster}", $"{_user} cluster-member-joined {cluster}"], await App.AuditedClustersAsync(Ct));
        Assert.Equal($$"""{"member":"{{member.Id}}","user":"{{_user}}"}""", (await App.AuditEntriesAsync(Ct))[^1].GetProperty("details").GetRawText());
    }

    [Fact]
    [Shows("signature-invalid")]
    public async Task A_signature_of_anything_else_or_by_anyone_else_is_refused()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var member = new TestMember();
        foreach (var (name, value) in ((string, JsonNode)[])
        [
            ("name", "beta"),
            ("nodeId", TestMember.NewId()),
            ("attrs", 1),
            ("ck", TestMember.OtherKey.Pem),
            ("sk", TestMember.OtherKey.Pem),
            ("endpoints", new JsonArray("alpha.example:443", "alpha.example:9189")),
            ("endpoints", new JsonArray("alpha.example:9189")),
            ("digSig", Convert.ToBase64String(TestMember.OtherKey.Sign(member.DigSig))),
            ("digSig", Convert.ToBase64String(member.DigSig[..^1])),
            ("digSig", Convert.ToBase64String([.. member.DigSig, 0])),
            ("digSig", "AA=="),
        ])
        {
            var json = member.ToJson();
            json[name] = value;
            using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, json.ToJsonString(), Ct);
            await refused.RefusedAsync(HttpStatusCode.BadRequest, "signature-invalid", Ct);
        }

        Assert.Empty(await App.MemberIdsAsync(cluster, Ct));
    }

    [Fact]
    [Shows("node-id-invalid")]
    public async Task An_id_is_20_bytes_or_the_hash_of_its_key()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var hash = Convert.ToHexStringLower(TestMember.OneKey.Hash);
        foreach (var id in (string[])
        [
            string.Empty, new('1', 38), new('1', 39), new('1', 42), new('1', 62), new('1', 64), new('1', 66), hash.ToUpperInvariant(), hash[..40].ToUpperInvariant(),
            Convert.ToHexStringLower(TestMember.OtherKey.Hash), new('g', 40), " " + hash[..39],
        ])
        {
            var json = new TestMember().ToJson();
            json["nodeId"] = id;
            using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, json.ToJsonString(), Ct);
            await refused.RefusedAsync(HttpStatusCode.BadRequest, "node-id-invalid", Ct);
        }

        var own = TestMember.New();
        await App.JoinAsync(_user, cluster, own, Ct);
        await App.JoinAsync(_user, cluster, new TestMember { NodeId = hash }, Ct);
        Assert.Equal([own.Id, hash], await App.MemberIdsAsync(cluster, Ct));
    }

    [Fact]
    [Shows("key-unsupported")]
    public async Task Keys_are_rsa_of_2048_or_3072_bits()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var refusedPems = (string[])[OpenSslKeys.Ed25519, OpenSslKeys.P256, TestKey.Make(SigningKeyKind.Rsa, 2560).Pem, "key", string.Empty];
        foreach (var (name, pem) in refusedPems.SelectMany(pem => ((string, string)[])[("ck", pem), ("sk", pem)]))
        {
            var json = new TestMember().ToJson();
            json[name] = pem;
            using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, json.ToJsonString(), Ct);
            await refused.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
        }

        var larger = TestKey.Make(SigningKeyKind.Rsa, 3072);
        var joined = await App.JoinAsync(_user, cluster, new TestMember { Sk = larger }, Ct);
        Assert.Equal(larger.Pem, joined.GetProperty("sk").GetString());
        var json2 = new TestMember { Name = "beta" }.ToJson(); // Another spelling of the same key, signed as the server writes it.
        json2["sk"] = TestMember.OneKey.ToPkcs1Pem();
        using var spelt = await App.SessionOf(_user).PostMemberAsync(cluster, json2.ToJsonString(), Ct);
        Assert.Equal(TestMember.OneKey.Pem, (await spelt.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("sk").GetString());
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_as_such_and_not_its_signature()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        using var longer = RSA.Create(4096);
        var json = new TestMember().ToJson();
        json["sk"] = longer.ExportSubjectPublicKeyInfoPem();
        json["digSig"] = Convert.ToBase64String(new byte[512]);

        using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, json.ToJsonString(), Ct);

        await refused.RefusedAsync(HttpStatusCode.BadRequest, "key-unsupported", Ct);
    }

    [Theory]
    [InlineData("name", "\"9\"")]
    [InlineData("name", "\"a b\"")]
    [InlineData("endpoints", "[]")]
    [InlineData("endpoints", "[\"alpha\"]")]
    [InlineData("endpoints", "[\"alpha:0\"]")]
    [InlineData("endpoints", "[\"alpha:1\",\"\"]")]
    [InlineData("endpoints", "[null]")]
    [InlineData("endpoints", "\"alpha:1\"")]
    [InlineData("attrs", "-1")]
    [InlineData("attrs", "9007199254740992")]
    [InlineData("digSig", "\"\"")]
    [InlineData("digSig", "\"AA\"")]
    [InlineData("ck", "1")]
    [InlineData("state", "1")]
    public async Task What_cannot_be_read_is_refused_by_member(string member, string value)
    {
        var json = new TestMember().ToJson();
        json[member] = JsonNode.Parse(value);

        using var refused = await App.SessionOf(_user).PostMemberAsync("nothing", json.ToJsonString(), Ct);

        await refused.InvalidAsync(Ct, member);
    }

    [Fact]
    public async Task Endpoints_are_as_many_as_the_cluster_asks_for_and_64_at_the_most()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct, endpointCount: 3);
        foreach (var (count, isEnough) in ((int, bool)[])[(2, false), (3, true), (64, true), (65, false)])
        {
            var member = TestMember.New() with { Endpoints = [.. Enumerable.Range(1, count).Select(port => $"[::1]:{port}")] };
            using var answer = await App.SessionOf(_user).PostMemberAsync(cluster, member, Ct);
            await (isEnough ? answer.IsAsync(HttpStatusCode.Created, Ct) : answer.InvalidAsync(Ct, "endpoints"));
        }
    }

    [Fact]
    [Shows("member-exists")]
    [Shows("node-id-taken")]
    public async Task A_name_is_given_once_in_a_cluster_and_an_id_once_here_and_everywhere_with_one_key()
    {
        var (one, other) = (await App.CreateClusterAsync(_user, Ct), await App.CreateClusterAsync(_user, Ct));
        var member = TestMember.New();
        await App.JoinAsync(_user, one, member, Ct);

        await RefuseAsync(one, TestMember.New() with { Name = member.Name }, "member-exists");
        await RefuseAsync(one, member, "member-exists");
        await RefuseAsync(one, member with { Name = "another" }, "node-id-taken");
        await RefuseAsync(other, member with { Sk = TestMember.OtherKey }, "node-id-taken");
        Assert.Equal(1, (await App.ClusterAsync(one, Ct)).GetProperty("size").GetInt32()); // Who was refused gave its place back.
        Assert.Equal(0, (await App.ClusterAsync(other, Ct)).GetProperty("size").GetInt32());
        Assert.Empty(await App.MemberIdsAsync(other, Ct));

        await App.JoinAsync(_user, other, member, Ct); // The same key.
        using var removed = await App.SessionOf(_user).DeleteMemberAsync(one, member.Id, Ct);
        await RefuseAsync(one, member with { Sk = TestMember.OtherKey }, "node-id-taken"); // It is still in the other.
        using var deleted = await App.SessionOf(_user).DeleteClusterAsync(other, Ct);
        await App.JoinAsync(_user, one, member with { Sk = TestMember.OtherKey }, Ct); // It is nobody's any more.
        Assert.Equal([member.Id], await App.MemberIdsAsync(one, Ct));
    }

    [Fact]
    public async Task A_repeated_call_with_its_key_is_answered_again_and_refusals_count()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var json = new TestMember().ToJson().ToJsonString();
        using var first = await App.SessionOf(_user).PostMemberAsync(cluster, json, Ct, ("Idempotency-Key", "k"));
        using var again = await App.SessionOf(_user).PostMemberAsync(cluster, json, Ct, ("Idempotency-Key", "k"));
        await again.AssertReplaysAsync(first, Ct);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        var forged = new TestMember().ToJson();
        forged["attrs"] = 1;
        using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, forged.ToJsonString(), Ct, ("Idempotency-Key", "l"));
        using var refusedAgain = await App.SessionOf(_user).PostMemberAsync(cluster, forged.ToJsonString(), Ct, ("Idempotency-Key", "l"));
        await refused.RefusedAsync(HttpStatusCode.BadRequest, "signature-invalid", Ct);
        await refusedAgain.AssertReplaysAsync(refused, Ct);
    }

    private async Task RefuseAsync(string cluster, TestMember member, string code)
    {
        using var refused = await App.SessionOf(_user).PostMemberAsync(cluster, member, Ct);
        await refused.RefusedAsync(HttpStatusCode.Conflict, code, Ct);
    }

    public sealed class OnSqlite() : JoiningClustersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : JoiningClustersTests(DatabaseProvider.Postgres);
}
