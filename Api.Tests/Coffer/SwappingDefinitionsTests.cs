using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class SwappingDefinitionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const int Swaps = 100;
    private const int Secrets = 12;

    [Fact]
    public async Task A_reader_during_a_hundred_swaps_sees_whole_versions_only_and_never_an_older_one()
    {
        var client = CofferClient.Make();
        await App.DefineAsync(DefinitionOf(client, 1), Ct);
        var swapping = SwapAsync(client);
        var (seen, reads, newest) = (new HashSet<ulong>(), 0, 0UL);

        while (!swapping.IsCompleted || reads < 50)
        {
            var content = await App.SecretsOfAsync(client, Ct);
            Assert.Equal(Secrets, content.Secrets.Count);
            Assert.All(content.Secrets, secret => Assert.Equal((long)content.Version, secret.Value));
            Assert.True(content.Version >= newest);
            newest = content.Version;
            seen.Add(newest);
            reads++;
        }

        await swapping;
        Assert.True(seen.Count > 2, $"Only {seen.Count} versions were seen.");
        Assert.Equal((ulong)Swaps, (await App.SecretsOfAsync(client, Ct)).Version);
    }

    [Fact]
    public async Task Sixteen_changes_at_once_give_sixteen_versions()
    {
        var client = CofferClient.Make();
        await App.DefineAsync(DefinitionOf(client, 1), Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 4 == 0
            ? App.PutTomlAsync(DefinitionOf(client, i), Ct)
            : App.PutSecretAsync(client, $"single{i}", $$"""{"type":"integer","value":{{i}}}""", Ct)));

        var versions = await Task.WhenAll(answers.Select(async answer =>
            (await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("version").GetInt64()));
        Assert.Equal(Enumerable.Range(2, 16).Select(i => (long)i), versions.Order());
        var content = await App.SecretsOfAsync(client, Ct);
        Assert.Equal(17UL, content.Version);

        // What was set after the last definition is there, and nothing from before it.
        var lastDefinition = versions.Where((_, i) => i % 4 == 0).Max();
        Assert.Equal(
            versions.Select((version, i) => (version, i)).Where(each => each.i % 4 != 0 && each.version > lastDefinition).Select(each => $"single{each.i}").Order(StringComparer.Ordinal),
            content.Keys.Where(key => key.StartsWith("single", StringComparison.Ordinal)));
    }

    /// <summary>Every secret of the definition that makes this version is the version.</summary>
    private static string DefinitionOf(CofferClient client, int version) =>
        CofferCalls.ShardOf(client, string.Join('\n', Enumerable.Range(0, Secrets).Select(i => $"s{i} = {version}")));

    private async Task SwapAsync(CofferClient client)
    {
        for (var version = 2; version <= Swaps; version++)
        {
            Assert.Equal(version, await App.DefineAsync(DefinitionOf(client, version), Ct));
        }
    }

    public sealed class OnSqlite() : SwappingDefinitionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : SwappingDefinitionsTests(DatabaseProvider.Postgres);
}
