using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>A write operation made of what a test wants it to do.</summary>
internal sealed class TestWrite<TResult>(Func<WriteTransaction, CancellationToken, ValueTask<TResult>> body, bool isSingleStatement = false)
    : WriteOperation<TResult>
{
    public override bool IsSingleStatement => isSingleStatement;

    public override ValueTask<TResult> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) => body(transaction, ct);
}

/// <summary>An operation that keeps the writer, or a place among the writers, until it is let go.</summary>
internal sealed class BlockingWrite : WriteOperation<bool>, IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the operation runs.</summary>
    public Task Entered => _entered.Task;

    public override ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        _entered.TrySetResult();
        _release.Wait(CancellationToken.None);
        return ValueTask.FromResult(true);
    }

    public void Release() => _release.Set();

    public void Dispose()
    {
        _release.Set();
        _release.Dispose();
    }
}
