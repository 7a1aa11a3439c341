using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

/// <summary>One server for all tests of a class, on SQLite, that speaks both dialects and has a shard with one secret.</summary>
public sealed class ClassicApp : IAsyncLifetime
{
    internal const string DesignText = "[{\"key\": \"a\", \"value\": \"the secret\"}]";
    internal const string ClassicText = "[[\"a\", {\"String\": \"the secret\"}]]";

    private RepositoryApp? _app;

    public RepositoryApp App => _app ?? throw new InvalidOperationException("The server is not running.");

    internal CofferClient Key { get; } = CofferClient.Make();

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, ct, ("Coffer:ClassicDialect", "true"));
        await _app.DefineAsync(CofferCalls.ShardOf(Key, "a = \"the secret\""), ct);
    }

    /// <summary>The server goes on: it gives a new client its secret.</summary>
    internal async Task ServesAsync(CancellationToken ct)
    {
        using var client = await CofferTcpClient.ConnectAsync(App, ct);
        await client.SendAsync(
            ct,
            CofferTcpClient.Design(CofferTcpClient.Hello, Key.PublicKey),
            CofferTcpClient.Design(CofferTcpClient.Get),
            CofferTcpClient.Design(CofferTcpClient.Bye));
        await client.IsLinkedAsync(ct);
        Assert.Equal(DesignText, await client.ReadSecretsAsync(Key, ct));
        await client.IsClosedAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
