using Microsoft.Extensions.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Hosting;

/// <summary>
/// Everything that must hold before the first request, in order; each step may refuse the start with
/// <see cref="StartRefusedException"/>. Stopping, the other way round, comes after the last request was answered.
/// </summary>
internal sealed class StartUp(
    DataDirectory directory,
    SchemaSetup schema,
    IDatabaseWriter writer,
    KeySetup keys,
    HeldPolls held) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            SodiumLibrary.Load();
        }
        catch (DllNotFoundException missing)
        {
            throw new StartRefusedException(missing.Message, missing);
        }

        directory.Open();
        keys.Begin();
        await schema.ExecuteAsync(cancellationToken);
        writer.Start();
        await keys.ExecuteAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        held.Close(); // Or requests that wait would keep the server from stopping.
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        writer.Stop();
        return Task.CompletedTask;
    }
}
