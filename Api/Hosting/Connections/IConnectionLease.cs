using Microsoft.AspNetCore.Connections;

namespace Repository.Api.Hosting.Connections;

/// <summary>
/// How long a connection may go on. Every connection of a <see cref="ConnectionPort"/> has it among its features; a handler sets the
/// time that it grants, again and again.
/// </summary>
internal interface IConnectionLease
{
    /// <summary>
    /// Cancelled when the port stops and waits no longer for the handler. <see cref="BaseConnectionContext.ConnectionClosed"/> will not do in its
    /// place: it is cancelled as soon as the other side has sent its last byte, which may well wait for an answer.
    /// </summary>
    CancellationToken Ended { get; }

    /// <summary>
    /// Grants so much time from now on, instead of what was granted before. When it is over, within a second, a read is cancelled
    /// (<see cref="System.IO.Pipelines.ReadResult.IsCanceled"/>), which a handler answers by returning; a connection that is still there after
    /// <see cref="BoundPort.SendPatience"/> more, because the other side takes no answer, is aborted. Costs a reading of the clock and no timer.
    /// </summary>
    void EndAfter(TimeSpan span);
}
