using Microsoft.AspNetCore.Connections;

namespace Repository.Api.Hosting.Connections;

/// <summary>A connection that a port has accepted, with the time that it has left.</summary>
internal sealed class LiveConnection(ConnectionContext context, TimeProvider clock, CancellationToken ended) : IConnectionLease
{
    private int _asked;
    private long _endTimestamp = long.MaxValue;

    public ConnectionContext Context => context;

    public CancellationToken Ended => ended;

    /// <summary>Ends when the connection is closed and its handler gone; set once, before anybody waits for it.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    public void EndAfter(TimeSpan span) =>
        Volatile.Write(ref _endTimestamp, clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency));

    public bool IsOverdue(long timestamp) => timestamp >= Volatile.Read(ref _endTimestamp);

    /// <summary>Lets the handler end by itself: a read that waits, or else the next one, is cancelled.</summary>
    /// <returns>False when it was asked before.</returns>
    public bool AskToEnd()
    {
        context.Transport.Input.CancelPendingRead();
        return Interlocked.Exchange(ref _asked, 1) == 0;
    }

    /// <summary>Ends the connection by force: the other side sees a reset, and what was not sent is lost.</summary>
    public void Abort(string reason) => context.Abort(new ConnectionAbortedException(reason));
}
