using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

public abstract class JoiningAtOnceTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _user = UserClusterCalls.NewUser();

    [Fact]
    [Shows("cluster-full")]
    public async Task Of_a_hundred_joins_at_once_on_a_cluster_of_64_exactly_64_are_let_in()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var members = Enumerable.Range(0, 100).Select(_ => TestMember.New()).ToList();
        var bodies = members.Select(member => member.ToJson().ToJsonString()).ToList();

        var answers = await Task.WhenAll(bodies.Select(body => App.SessionOf(_user).PostMemberAsync(cluster, body, Ct)));

        Assert.Equal(64, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, "cluster-full", Ct);
        }

        var ids = await App.MemberIdsAsync(cluster, Ct);
        var admitted = members.Where((_, i) => answers[i].StatusCode == HttpStatusCode.Created).Select(member => member.Id);
        Assert.Equal(admitted.Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        Assert.Equal(64, (await App.ClusterAsync(cluster, Ct)).GetProperty("size").GetInt32());
        Assert.True(await AsksForAsync(cluster, ids));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_sixteen_with_one_name_or_one_id_at_once_exactly_one_is_let_in(bool isName)
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var first = TestMember.New();
        var bodies = Enumerable.Range(0, 16)
            .Select(_ => isName ? TestMember.New() with { Name = first.Name } : TestMember.New() with { NodeId = first.NodeId })
            .Select(member => member.ToJson().ToJsonString())
            .ToList();

        var answers = await Task.WhenAll(bodies.Select(body => App.SessionOf(_user).PostMemberAsync(cluster, body, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, isName ? "member-exists" : "node-id-taken", Ct);
        }

        Assert.Equal(1, (await App.ClusterAsync(cluster, Ct)).GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Of_two_keys_that_come_with_one_id_to_many_clusters_at_once_one_has_it_everywhere()
    {
        var clusters = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.CreateClusterAsync(_user, Ct)));
        var one = TestMember.New();
        var other = one with { Sk = TestMember.OtherKey };
        var bodies = clusters.Select((_, i) => (i % 2 == 0 ? one : other).ToJson().ToJsonString()).ToList();

        var answers = await Task.WhenAll(clusters.Select((cluster, i) => App.SessionOf(_user).PostMemberAsync(cluster, bodies[i], Ct)));

        var winners = Enumerable.Range(0, 16).Where(i => answers[i].StatusCode == HttpStatusCode.Created).ToList();
        Assert.Equal(8, winners.Count);
        Assert.Single(winners.Select(i => i % 2).Distinct());
        await Task.WhenAll(winners.Select(i => App.SessionOf(_user).DeleteMemberAsync(clusters[i], one.Id, Ct)));
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM member_ids", Ct));
    }

    [Fact]
    public async Task Joining_and_leaving_at_once_keeps_the_size_that_the_members_make()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct, maxSize: 4);
        var members = Enumerable.Range(0, 8).Select(_ => TestMember.New()).ToList();
        var bodies = members.Select(member => member.ToJson().ToJsonString()).ToList();

        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(
            [
                .. bodies.Select(body => App.SessionOf(_user).PostMemberAsync(cluster, body, Ct)),
                .. members.Select(member => App.SessionOf(_user).DeleteMemberAsync(cluster, member.Id, Ct)),
            ]);
            var ids = await App.MemberIdsAsync(cluster, Ct);
            Assert.InRange(ids.Count, 0, 4);
            Assert.Equal(ids.Count, (await App.ClusterAsync(cluster, Ct)).GetProperty("size").GetInt32());
            Assert.Equal((long)ids.Count, await App.ScalarSqlAsync("SELECT COUNT(*) FROM member_ids", Ct));
        }
    }

    [Fact]
    public async Task Deleting_a_cluster_while_many_join_leaves_no_member_behind()
    {
        var cluster = await App.CreateClusterAsync(_user, Ct);
        var bodies = Enumerable.Range(0, 16).Select(_ => TestMember.New().ToJson().ToJsonString()).ToList();

        await Task.WhenAll(
        [
            .. bodies.Select(body => App.SessionOf(_user).PostMemberAsync(cluster, body, Ct)),
            App.SessionOf(_user).DeleteClusterAsync(cluster, Ct),
        ]);

        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM cluster_members", Ct));
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM member_ids", Ct));
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM clusters", Ct));
    }

    /// <summary>Every bit of the mask stands for the member at its place, and the highest for the 64th.</summary>
    private async Task<bool> AsksForAsync(string cluster, List<string> ids)
    {
        foreach (var i in (int[])[0, 1, 31, 32, 62, 63])
        {
            if (await App.MemberIdsAsync(cluster, Ct, $"?which={1UL << i}") is not [var only] || !string.Equals(only, ids[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return (await App.MemberIdsAsync(cluster, Ct, "?which=18446744073709551615")).SequenceEqual(ids, StringComparer.Ordinal);
    }

    public sealed class OnSqlite() : JoiningAtOnceTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : JoiningAtOnceTests(DatabaseProvider.Postgres);
}
