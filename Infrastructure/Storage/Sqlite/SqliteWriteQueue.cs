using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>
/// Group commit on SQLite. One thread drains the queue, runs up to <c>Database:WriteGroupSize</c> operations in one transaction,
/// each behind a savepoint, commits once, and only then answers their callers. See this folder's README before changing it.
/// </summary>
internal sealed partial class SqliteWriteQueue : IWriteQueue, IDatabaseWriter, IDisposable
{
    /// <summary>Bounds how long a group is gathered.</summary>
    private const int MaxYields = 16;

    private readonly SqliteDatabase _database;
    private readonly StorageMetrics _metrics;
    private readonly ILogger<SqliteWriteQueue> _logger;
    private readonly BlockingCollection<QueuedWrite> _queue;
    private readonly int _groupSize;
    private readonly Thread _thread;
    private SqliteWriter? _writer;
    private volatile Exception? _lastFailure;
    private volatile int _running;

    public SqliteWriteQueue(
        SqliteDatabase database,
        IOptions<DatabaseOptions> options,
        StorageMetrics metrics,
        ILogger<SqliteWriteQueue> logger)
    {
        _database = database;
        _metrics = metrics;
        _logger = logger;
        _groupSize = options.Value.WriteGroupSize;
        _queue = new BlockingCollection<QueuedWrite>(options.Value.WriteQueueLength);
        _thread = new Thread(Drain) { Name = "repository-writer", IsBackground = true };
        metrics.ObserveDepth(() => Depth);
    }

    public int Depth => _queue.Count + _running;

    public Exception? LastFailure => _lastFailure;

    public void Start()
    {
        _writer = new SqliteWriter(_database);
        _thread.Start();
    }

    public Task<TResult> ExecuteAsync<TResult>(WriteOperation<TResult> operation, CancellationToken ct)
    {
        var write = new QueuedWrite<TResult>(operation, ct);
        try
        {
            if (!_queue.TryAdd(write, 0, CancellationToken.None))
            {
                _metrics.Refused();
                throw new WriteQueueFullException();
            }
        }
        catch (InvalidOperationException stopped)
        {
            throw new StorageUnavailableException("The server is stopping.", stopped);
        }

        return write.Task;
    }

    /// <summary>Writes what is queued, then closes the database, which folds the log into it.</summary>
    public void Stop()
    {
        if (_thread.IsAlive)
        {
            _queue.CompleteAdding();
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Stop();
        _writer?.Dispose(); // Where the thread never began.
        _queue.Dispose();
    }

    private void Drain()
    {
        var group = new List<QueuedWrite>(_groupSize);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            Gather(group);

            _running = group.Count;
            CommitGroup(group);
            group.Clear();
        }

        _writer?.Dispose();
        _writer = null;
    }

    /// <summary>
    /// Takes what waits, and gives way as long as that brings more: the callers that were just answered are about to ask again, and one
    /// fsync can serve them too. With nobody else about, giving way takes a microsecond.
    /// </summary>
    private void Gather(List<QueuedWrite> group)
    {
        for (var yields = 0; yields < MaxYields && group.Count < _groupSize; yields++)
        {
            var before = group.Count;
            while (group.Count < _groupSize && _queue.TryTake(out var next))
            {
                group.Add(next);
            }

            if (yields > 0 && group.Count == before)
            {
                return;
            }

            Thread.Yield();
        }
    }

    private void CommitGroup(List<QueuedWrite> group)
    {
        try
        {
            _writer ??= new SqliteWriter(_database);
            _writer.Begin();
            foreach (var write in group)
            {
                Run(_writer, write);
            }

            _writer.Commit();
            _lastFailure = null;
            _metrics.Committed(group.Count);
        }
#pragma warning disable CA1031 // Top of the writer's loop: whatever failed, the callers must be told and the next group must run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Abandon(group, failure);
        }

        _running = 0;
        foreach (var write in group)
        {
            write.Complete();
        }
    }

    private static void Run(SqliteWriter writer, QueuedWrite write)
    {
        if (write.IsCancelled)
        {
            write.Refuse(new OperationCanceledException());
            return;
        }

        var needsSavepoint = !write.IsSingleStatement;
        try
        {
            if (needsSavepoint)
            {
                writer.BeginOperation();
            }

            write.Run(writer);
            if (needsSavepoint)
            {
                writer.EndOperation();
            }
        }
#pragma warning disable CA1031 // Whatever an operation throws is its caller's; the rest of the group goes on.
        catch (Exception failure) when (!SqliteFailure.IsOutage(failure) && writer.IsInTransaction)
#pragma warning restore CA1031
        {
            if (needsSavepoint)
            {
                writer.UndoOperation();
            }

            write.Refuse(failure);
        }
    }

    /// <summary>Nothing of the group is durable: every caller learns so, and the connection is made anew before the next group.</summary>
    private void Abandon(List<QueuedWrite> group, Exception failure)
    {
        LogGroupFailed(group.Count, failure);
        _lastFailure = failure;
        var outage = new StorageUnavailableException("The database could not be written.", failure);
        foreach (var write in group)
        {
            write.Refuse(outage);
        }

        try
        {
            _writer?.Dispose();
        }
        catch (SqliteException again)
        {
            LogGroupFailed(0, again);
        }

        _writer = null;
    }

    [LoggerMessage(LogLevel.Error, "A group of {Count} writes could not be committed; nothing of it was acknowledged")]
    private partial void LogGroupFailed(int count, Exception failure);
}
