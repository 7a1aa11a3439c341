using Repository.Api.Tests.Hosting;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>The default: only the design dialect is spoken.</summary>
public sealed class ClassicDialectOffTests(SharedApp server) : IClassFixture<SharedApp>
{
    private readonly CofferClient _key = CofferClient.Make();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_classic_hello_is_a_hello_without_a_key_and_answered_as_soon_as_that_is_clear()
    {
        await server.App.DefineAsync(CofferCalls.ShardOf(_key, ""), Ct);
        foreach (var length in (int[])[3, 8, 9, 41])
        {
            using var client = await ConnectAsync(server.App, Ct);

            await client.SendAsync(Ct, Classic(Hello, _key.PublicKey)[..length]);

            Assert.Contains("32 bytes", await client.IsRefusedAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_design_dialect_is_spoken()
    {
        await server.App.DefineAsync(CofferCalls.ShardOf(_key, "a = false"), Ct);
        using var client = await ConnectAsync(server.App, Ct);

        await client.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get));

        await client.IsLinkedAsync(Ct);
        Assert.Equal("[{\"key\": \"a\", \"value\": false}]", await client.ReadSecretsAsync(_key, Ct));
    }
}
