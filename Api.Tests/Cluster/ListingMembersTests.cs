using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>Who sees and removes members, and which ones a mask means.</summary>
public abstract class ListingMembersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _creator = UserClusterCalls.NewUser();
    private readonly string _user = UserClusterCalls.NewUser();
    private readonly string _other = UserClusterCalls.NewUser();

    [Fact]
    public async Task A_mask_counts_the_present_members_in_the_order_of_joining()
    {
        var cluster = await App.CreateClusterAsync(_creator, Ct);
        var members = Enumerable.Range(0, 4).Select(_ => TestMember.New()).ToList();
        foreach (var member in members)
        {
            await App.JoinAsync(_user, cluster, member, Ct);
        }

        var ids = members.ConvertAll(member => member.Id);
        Assert.Equal(ids, await App.MemberIdsAsync(cluster, Ct));
        Assert.Equal([], await App.MemberIdsAsync(cluster, Ct, "?which=0"));
        Assert.Equal([ids[0], ids[2]], await App.MemberIdsAsync(cluster, Ct, "?which=5"));
        Assert.Equal([ids[3]], await App.MemberIdsAsync(cluster, Ct, "?which=18446744073709551608"));

        using var removed = await App.SessionOf(_user).DeleteMemberAsync(cluster, ids[1], Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal([ids[0], ids[3]], await App.MemberIdsAsync(cluster, Ct, "?which=5"));
        await App.JoinAsync(_user, cluster, members[1], Ct); // Who joins again is the last.
        Assert.Equal([ids[1]], await App.MemberIdsAsync(cluster, Ct, "?which=8"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("18446744073709551616")]
    [InlineData("")]
    [InlineData("1&which=1")]
    public async Task What_is_no_unsigned_decimal_of_64_bits_is_no_mask(string which)
    {
        using var refused = await App.Administrator.GetAsync($"/v1/clusters/a/members?which={which}", Ct);

        await refused.InvalidAsync(Ct, "which");
    }

    [Fact]
    [Shows("forbidden")]
    public async Task A_members_user_the_creator_and_an_administrator_list()
    {
        var cluster = await App.CreateClusterAsync(_creator, Ct);
        await App.JoinAsync(_user, cluster, TestMember.New(), Ct);
        var path = $"/v1/clusters/{cluster}/members";

        foreach (var client in (HttpClient[])[App.SessionOf(_user), App.SessionOf(_creator), App.Administrator])
        {
            using var listed = await client.GetAsync(path, Ct);
            await listed.IsAsync(HttpStatusCode.OK, Ct);
        }

        using var stranger = await App.SessionOf(_other).GetAsync(path, Ct);
        await stranger.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        using var masked = await App.SessionOf(_other).GetAsync(path + "?which=0", Ct);
        await masked.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        using var anonymous = await App.Anonymous.GetAsync(path, Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    [Fact]
    [Shows("member-unknown")]
    public async Task The_user_who_let_it_in_the_creator_and_an_administrator_remove_a_member()
    {
        var cluster = await App.CreateClusterAsync(_creator, Ct, maxSize: 2);
        var mine = TestMember.New();
        await App.JoinAsync(_other, cluster, TestMember.New(), Ct);
        foreach (var client in (HttpClient[])[App.SessionOf(_user), App.SessionOf(_creator), App.Administrator])
        {
            await App.JoinAsync(_user, cluster, mine, Ct);
            using var anonymous = await App.Anonymous.DeleteMemberAsync(cluster, mine.Id, Ct);
            await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            using var another = await App.SessionOf(_other).DeleteMemberAsync(cluster, mine.Id, Ct);
            await another.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            using var removed = await client.DeleteMemberAsync(cluster, mine.Id, Ct);
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
            using var again = await client.DeleteMemberAsync(cluster, mine.Id, Ct);
            await again.RefusedAsync(HttpStatusCode.NotFound, "member-unknown", Ct);
        }

        Assert.Equal(1, (await App.ClusterAsync(cluster, Ct)).GetProperty("size").GetInt32());
        using var malformed = await App.Administrator.DeleteMemberAsync(cluster, new('0', 38), Ct);
        await malformed.InvalidAsync(Ct, "nodeId");
        Assert.Equal(
            [$"{_user} cluster-member-removed {cluster}", $"{_creator} cluster-member-removed {cluster}", $"administrator cluster-member-removed {cluster}"],
            (await App.AuditedClustersAsync(Ct)).Where(entry => entry.Contains("removed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_joins_and_nobody_in_its_place()
    {
        var cluster = await App.CreateClusterAsync(_creator, Ct);
        using var anonymous = await App.Anonymous.PostMemberAsync(cluster, TestMember.New(), Ct);
        await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        using var administrator = await App.Administrator.PostMemberAsync(cluster, TestMember.New(), Ct);
        await administrator.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    [Fact]
    public async Task A_repeated_removal_with_its_key_is_answered_again()
    {
        var cluster = await App.CreateClusterAsync(_creator, Ct);
        var member = TestMember.New();
        await App.JoinAsync(_user, cluster, member, Ct);
        using var first = await App.SessionOf(_user).DeleteMemberAsync(cluster, member.Id, Ct, ("Idempotency-Key", "k"));

        using var again = await App.SessionOf(_user).DeleteMemberAsync(cluster, member.Id, Ct, ("Idempotency-Key", "k"));

        await again.AssertReplaysAsync(first, Ct);
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
    }

    public sealed class OnSqlite() : ListingMembersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ListingMembersTests(DatabaseProvider.Postgres);
}
