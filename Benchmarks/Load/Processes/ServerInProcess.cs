using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>The server in this process, for what is measured of its own code without HTTP. It remembers no token.</summary>
internal sealed class ServerInProcess : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ServerInProcess(WebApplication application) => _application = application;

    public static async Task<ServerInProcess> StartAsync(Workspace workspace, CancellationToken ct)
    {
        var application = Api.Hosting.RepositoryServer.Build(
        [
            $"--Repository:DataDirectory={workspace.NewDirectory("data")}",
            $"--Kestrel:Endpoints:Public:Url=http://{LoopbackPort.Free()}",
            "--Coffer:Listen=127.0.0.1:0",
            "--Tokens:VerifiedTokens=0",
            "--Logging:LogLevel:Default=None", // The report goes to the same console.
        ]);
        await application.StartAsync(ct);
        return new ServerInProcess(application);
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
