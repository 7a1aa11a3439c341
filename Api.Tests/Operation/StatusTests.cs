using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

public abstract class StatusTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task It_is_the_administrators()
    {
        using var answer = await App.Anonymous.GetAsync("/v1/status", Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("unauthenticated", await RepositoryApp.CodeOf(answer, Ct));
    }

    [Fact]
    public async Task It_counts_what_there_is()
    {
        var machines = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => App.RegisterAsync(Ct)));
        using var mismatch = await App.PostVerifyAsync(machines[0].Hash, "2020-01-01T00:00:00.0000000Z", Ct);
        using var disabled = await App.PatchMachineAsync(machines[1].Hash, 0, Ct);
        using var alsoDisabled = await App.PatchMachineAsync(machines[2].Hash, 0, Ct);
        var user = await App.RegisterUserAsync(Ct);
        await App.RegisterUserAsync(Ct);
        using var disabledUser = await App.PatchUserAsync(user.Guid, 0, Ct);

        var counts = (await ReadAsync()).GetProperty("counts");

        Assert.Equal(
            """{"machines":3,"disabledMachines":2,"mismatchedMachines":1,"users":2,"disabledUsers":1,"software":0,"shards":0,"secrets":0,"companions":0,"auditEntries":13}""",
            counts.GetRawText());
    }

    [Fact]
    public async Task It_names_versions_queue_and_size()
    {
        var status = await ReadAsync();

        Assert.Equal(
            ["versions", "counts", "queueDepth", "queueLength", "heldPolls", "databaseSize", "nodes"],
            status.EnumerateObject().Select(member => member.Name));
        var versions = status.GetProperty("versions");
        Assert.StartsWith("0.1.0", versions.GetProperty("server").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(".NET 10.", versions.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^1\.0\.\d+$", versions.GetProperty("libsodium").GetString()!);
        Assert.Matches(
            Provider == DatabaseProvider.Sqlite ? @"^SQLite 3\.\d+\.\d+$" : @"^PostgreSQL \d+\.\d+",
            versions.GetProperty("database").GetString()!);
        Assert.Equal(0, status.GetProperty("queueDepth").GetInt32());
        Assert.Equal(10_000, status.GetProperty("queueLength").GetInt32());
        var node = Assert.Single(status.GetProperty("nodes").EnumerateArray());
        Assert.Equal("active", node.GetProperty("state").GetString());
        Assert.Equal(["nodeId", "name", "state", "lastSeenDate"], node.EnumerateObject().Select(member => member.Name));
        Assert.InRange(status.GetProperty("databaseSize").GetInt64(), 16 << 10, 64 << 20);
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var answer = await App.Administrator.GetAsync("/v1/status", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RepositoryApp.JsonOf(answer, Ct);
    }

    public sealed class OnSqlite() : StatusTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : StatusTests(DatabaseProvider.Postgres);
}
