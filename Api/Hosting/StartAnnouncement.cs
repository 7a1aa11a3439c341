using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Hosting;

/// <summary>Says where the server is once it listens: in the log, and in three plain lines when <c>Repository:Banner</c> asks for them.</summary>
internal sealed partial class StartAnnouncement(
    IServer server,
    ServingState serving,
    AdministratorKey administrator,
    IOptions<RepositoryOptions> options,
    ILogger<StartAnnouncement> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Announce();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "an unknown address";
        var key = administrator.FilePath is { } file ? file : "the setting Repository:AdminKey";
        LogServing(address, key);
        if (options.Value.Banner)
        {
            Console.WriteLine(serving.IsServing ? $"Repository serves on {address}" : $"Repository waits to be admitted on {address}");
            Console.WriteLine($"Swagger UI:          {address}/swagger");
            Console.WriteLine($"Administrator's key: {key}");
        }
    }

    [LoggerMessage(LogLevel.Information, "Serving on {Address}; the administrator's key is in {KeyLocation}")]
    private partial void LogServing(string address, string keyLocation);
}
