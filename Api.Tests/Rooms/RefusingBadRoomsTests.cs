using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Rooms;

public sealed class RefusingBadRoomsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/00112233445566778899AABBCCDDEEFF", "roomId")]
    [InlineData("GET", "/0011223344556677889900112233445566778899001122334455667788990011", "roomId")]
    [InlineData("GET", "?limit=0", "limit")]
    [InlineData("GET", "?member=yes", "member")]
    [InlineData("GET", "?after=x", "after")]
    [InlineData("GET", "/00112233445566778899aabbccddeeff/members?after=x", "after")]
    [InlineData("PUT", "/00112233445566778899aabbccddeeff/members/x", "userGuid")]
    [InlineData("DELETE", "/00112233445566778899aabbccddeeff/members/x", "userGuid")]
    [InlineData("GET", "/00112233445566778899aabbccddeeff/epochs/01/key", "epoch")]
    [InlineData("GET", "/00112233445566778899aabbccddeeff/epochs/-1/key", "epoch")]
    [InlineData("GET", "/00112233445566778899aabbccddeeff/epochs/Current/key", "epoch")]
    [InlineData("GET", "/00112233445566778899aabbccddeeff/epochs/9223372036854775808/key", "epoch")]
    public async Task A_bad_parameter_is_refused_by_name(string method, string path, string name)
    {
        using var refused = await App.CallAsync(new string('a', 64), new HttpMethod(method), path, null, Ct);

        await refused.InvalidAsync(Ct, name);
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"a","capacity":0,"historyLimit":0,"retentionSeconds":0}""", "capacity", "historyLimit", "retentionSeconds")]
    [InlineData("""{"name":"a","capacity":10001,"historyLimit":1000001,"retentionSeconds":315360001}""", "capacity", "historyLimit", "retentionSeconds")]
    [InlineData("""{"name":"a","admission":"Open"}""", "admission")]
    [InlineData("""{"name":"a","ownerGuid":"00112233445566778899aabbccddeeff"}""", "ownerGuid")]
    [InlineData("""{"name":"a","capacity":1.5}""", "capacity")]
    public async Task A_bad_room_is_refused_by_member(string json, params string[] members)
    {
        using var refused = await App.CallAsync(new string('a', 64), HttpMethod.Post, "", json, Ct);

        await refused.InvalidAsync(Ct, members);
    }
}
