using Microsoft.Extensions.DependencyInjection;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Hosting;

/// <summary>
/// A write that does not end before the test says so: until then every other write waits in the queue. On PostgreSQL this takes
/// <c>Database:WriteConcurrency=1</c>.
/// </summary>
internal sealed class BlockedWriter : WriteOperation<bool>, IAsyncDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();
    private readonly IWriteQueue _queue;
    private Task? _running;

    private BlockedWriter(IWriteQueue queue) => _queue = queue;

    /// <summary>Blocks the writer; returns once it is blocked.</summary>
    public static async Task<BlockedWriter> BlockAsync(RepositoryApp app, CancellationToken ct)
    {
        var blocked = new BlockedWriter(app.Services.GetRequiredService<IWriteQueue>());
        blocked._running = Task.Run(() => blocked._queue.ExecuteAsync(blocked, ct), ct);
        await blocked._begun.Task.WaitAsync(ct);
        return blocked;
    }

    public override ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        _begun.TrySetResult();
        _released.Wait(ct);
        return ValueTask.FromResult(true);
    }

    /// <summary>Returns once so many writes wait behind the blocked one.</summary>
    public async Task WaitForQueuedAsync(int writes, CancellationToken ct)
    {
        while (_queue.Depth < 1 + writes) // The blocked one counts as well.
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets the writer go on; returns once the blocked write is done.</summary>
    public async Task ReleaseAsync()
    {
        _released.Set();
        await _running!;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        _released.Dispose();
    }
}
