using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>
/// Streams a room's events to one member as Server-Sent Events. Nothing is read before what was written has left for the client, so a slow
/// one holds up nobody and keeps no more than one read in memory.
/// </summary>
internal sealed class StreamRoom(RoomReader reader, RoomFeeds feeds, PollHolding holding)
{
    /// <param name="context">The request.</param>
    /// <param name="room">The room.</param>
    /// <param name="after">The sequence that the caller has had; null to begin at the end.</param>
    /// <param name="ct">Ends the stream.</param>
    public async Task<Answer> ExecuteAsync(HttpContext context, RoomId room, long? after, CancellationToken ct)
    {
        // No sequence is that high: a read from there says where the end is.
        var first = await reader.ReadAsync(room, Caller.Of(context).SessionUser, after ?? long.MaxValue, limit: 1, ct);
        if (first.Refusal is { } problem)
        {
            return Answer.Refuse(problem);
        }

        var start = first.Page!.IsEmpty ? first.Page.Next.Sequence : after!.Value;
        return Answer.Streamed(response => HoldAsync(response, room, start, response.RequestAborted));
    }

    private async Task HoldAsync(HttpContext context, RoomId room, long start, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        if (!holding.TryEnter(caller))
        {
            await PollHolding.Refusal().WriteAsync(context);
            return;
        }

        try
        {
            using var waiter = new RoomWaiter(room, RoomStream.EventsPerRead, holding.TimeFor(caller, RoomStream.CommentInterval).Time, holding.Clock);
            using var session = holding.Watch(caller, waiter);
            feeds.Enter(waiter);
            try
            {
                await new RoomStream(reader, holding, context, waiter, start).RunAsync(ct);
            }
            finally
            {
                feeds.Leave(waiter);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client is gone: there is nobody to tell.
        }
        finally
        {
            holding.Leave(caller);
        }
    }
}
