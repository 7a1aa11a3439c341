using Microsoft.Extensions.Logging;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Settings;

/// <summary>Starts a server in this process that must not start.</summary>
internal static class Refusal
{
    /// <returns>Why it does not start, as the operator is told.</returns>
    public static async Task<string> OfAsync(CancellationToken ct, params (string Name, string Value)[] settings)
    {
        using var folder = new TestFolder();
        string[] args =
        [
            "--Kestrel:Endpoints:Public:Url=http://127.0.0.1:0",
            "--Coffer:Listen=127.0.0.1:0",
            $"--Repository:DataDirectory={folder.File("data")}",
            .. settings.Select(setting => $"--{setting.Name}={setting.Value}"),
        ];
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = RepositoryServer.Build(args, static builder => builder.Logging.ClearProviders());
            await app.StartAsync(ct);
            await app.StopAsync(ct);
        });
        var reason = StartRefusal.Explain(failure);
        Assert.True(reason is not null, $"Not explained: {failure}");
        Assert.DoesNotContain("   at ", reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason);
        return reason;
    }
}
