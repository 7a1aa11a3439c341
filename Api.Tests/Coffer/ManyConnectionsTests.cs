using System.Globalization;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>Alone, because it measures the memory of the process.</summary>
[Collection(nameof(ManyConnectionsTests))]
[CollectionDefinition(nameof(ManyConnectionsTests), DisableParallelization = true)]
public sealed class ManyConnectionsTests : IAsyncLifetime
{
    private const int Strangers = 500;
    private const int MaxConnections = Strangers + 20;

    private readonly CofferClient _key = CofferClient.Make();
    private RepositoryApp? _app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RepositoryApp App => _app!;

    public async ValueTask InitializeAsync()
    {
        _app = await RepositoryApp.StartAsync(
            DatabaseProvider.Sqlite,
            Ct,
            ("Coffer:ClassicDialect", "true"),
            ("Coffer:MaxConnections", MaxConnections.ToString(CultureInfo.InvariantCulture)));
        await App.DefineAsync(CofferCalls.ShardOf(_key, "a = 1"), Ct);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [Fact]
    public async Task Five_hundred_connections_that_announce_a_length_cost_little_and_delay_nobody()
    {
        await ServesAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var strangers = await StrangersAsync();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                await ServesAsync();
            }

            var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Strangers;
            TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes for both ends of a connection.");
            Assert.True(each < 16 * 1024, $"{each} bytes are more than a quarter of what each announced.");

            App.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAll(strangers.Select(stranger => stranger.IsClosedAsync(Ct)));
            await ServesAsync();
        }
        finally
        {
            strangers.ForEach(static stranger => stranger.Dispose());
        }
    }

    [Fact]
    public async Task A_connection_past_the_limit_is_closed_at_once_until_another_one_ends()
    {
        var strangers = new List<CofferTcpClient>();
        for (var i = 0; i < MaxConnections; i++)
        {
            strangers.Add(await ConnectAsync(App, Ct));
        }

        using var late = await ConnectAsync(App, Ct);
        await late.IsClosedAsync(Ct);

        strangers[^1].Dispose();
        while (PortOf(App).OpenConnections == MaxConnections)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await ServesAsync();
        strangers.ForEach(static stranger => stranger.Dispose());
    }

    [Fact]
    public async Task A_stop_ends_all_connections_at_once()
    {
        var strangers = await StrangersAsync();
        using var linked = await ConnectAsync(App, Ct);
        await linked.SendAsync(Ct, Design(Hello, _key.PublicKey));
        await linked.IsLinkedAsync(Ct);

        await App.StopAsync(Ct); // The clock stands still: nothing waits for a time to pass.

        await linked.IsClosedAsync(Ct);
        await Task.WhenAll(strangers.Select(stranger => stranger.IsClosedAsync(Ct)));
        strangers.ForEach(static stranger => stranger.Dispose());
    }

    /// <summary>Connections that announce the largest bodies, and send nothing more: Hello would be refused, so they announce a Bye, or no type.</summary>
    private async Task<List<CofferTcpClient>> StrangersAsync()
    {
        byte[][] beginnings =
        [
            [0xff, 0xff],
            [0xff, 0xff, Bye],
            [0, 0, 0, 0, 0, 0, 0xff, 0xff],
            [0, 0, 0, 0, 0, 0, 0xff, 0xff, Bye],
            [0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff],
        ];
        var strangers = new List<CofferTcpClient>();
        for (var i = 0; i < Strangers; i++)
        {
            strangers.Add(await ConnectAsync(App, Ct));
            await strangers[i].SendAsync(Ct, beginnings[i % beginnings.Length]);
        }

        while (PortOf(App).OpenConnections < Strangers)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return strangers;
    }

    private async Task ServesAsync()
    {
        using var client = await ConnectAsync(App, Ct);
        await client.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get), Design(Bye));
        await client.IsLinkedAsync(Ct);
        Assert.Equal("[{\"key\": \"a\", \"value\": 1}]", await client.ReadSecretsAsync(_key, Ct));
        await client.IsClosedAsync(Ct);
    }
}
