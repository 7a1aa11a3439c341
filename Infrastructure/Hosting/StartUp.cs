using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Hosting;

/// <summary>
/// Everything that must hold before the first request, in order; each step may refuse the start with
/// <see cref="StartRefusedException"/>. Stopping, the other way round, comes after the last request was answered.
/// </summary>
internal sealed class StartUp(
    IServiceScopeFactory scopes,
    DataDirectory directory,
    AdministratorKey administrator,
    IWriteQueue writes,
    IDatabaseWriter writer,
    AuditLog audit) : IHostedLifecycleService
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
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SchemaSetup>().ExecuteAsync(cancellationToken);
        writer.Start();
        await scope.ServiceProvider.GetRequiredService<MasterKeySetup>().ExecuteAsync(writes, audit, cancellationToken);
        administrator.Load();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        writer.Stop();
        return Task.CompletedTask;
    }
}
