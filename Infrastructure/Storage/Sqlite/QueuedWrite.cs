namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>An operation in the queue, from its caller's call to its caller's answer.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Whether it needs no savepoint.</summary>
    public abstract bool IsSingleStatement { get; }

    /// <summary>Whether its caller went away before it began; it is then not begun.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Runs the operation and keeps its result for later. Throws what the operation throws.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>Remembers why the operation failed, for <see cref="Complete"/>.</summary>
    public abstract void Refuse(Exception failure);

    /// <summary>Answers the caller. Called only once the group is durable, or undone.</summary>
    public abstract void Complete();
}

internal sealed class QueuedWrite<TResult>(WriteOperation<TResult> operation, CancellationToken ct) : QueuedWrite
{
    // The writer's thread must not run the callers' continuations.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;
    private Exception? _failure;

    public Task<TResult> Task => _completion.Task;

    public override bool IsSingleStatement => operation.IsSingleStatement;

    public override bool IsCancelled => ct.IsCancellationRequested;

    public override void Run(WriteTransaction transaction)
    {
        var execution = operation.ExecuteAsync(transaction, ct);
        if (!execution.IsCompleted)
        {
            throw new InvalidOperationException($"{operation.GetType().Name} waited for something other than the database.");
        }

        _result = execution.Result;
    }

    public override void Refuse(Exception failure) => _failure = failure;

    public override void Complete()
    {
        if (_failure is OperationCanceledException)
        {
            _completion.SetCanceled(ct);
        }
        else if (_failure is not null)
        {
            _completion.SetException(_failure);
        }
        else
        {
            _completion.SetResult(_result!);
        }
    }
}
