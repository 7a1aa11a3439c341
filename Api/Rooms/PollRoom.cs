using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>What a poll of a room asks for.</summary>
/// <param name="Room">The room.</param>
/// <param name="After">The sequence that the caller has had.</param>
/// <param name="Limit">How many events at the most.</param>
/// <param name="Wait">How long to wait for the first.</param>
internal sealed record RoomPoll(RoomId Room, long After, int Limit, TimeSpan Wait);

/// <summary>
/// Answers polls of one room. The order is what misses nothing: register, read, wait. What wakes a poll says only that it has to read, or
/// is what was read for all who stand where it stands.
/// </summary>
internal sealed class PollRoom(RoomReader reader, RoomFeeds feeds, PollHolding holding)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, RoomPoll poll, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        var read = await reader.ReadAsync(poll.Room, caller.SessionUser, poll.After, poll.Limit, ct);
        if (read.Refusal is not null || read.Page!.IsDue || poll.Wait == TimeSpan.Zero || holding.IsClosed)
        {
            return AnswerOf(read);
        }

        if (!holding.TryEnter(caller))
        {
            return PollHolding.Refusal();
        }

        try
        {
            return await HoldAsync(context, poll, ct);
        }
        finally
        {
            holding.Leave(caller);
        }
    }

    private static Answer AnswerOf(RoomPage read) => read.Refusal is { } problem ? Answer.Refuse(problem) : Answer.Written(read.Page!.ToJson());

    private async Task<Answer> HoldAsync(HttpContext context, RoomPoll poll, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        var time = holding.TimeFor(caller, poll.Wait);
        using var waiter = new RoomWaiter(poll.Room, poll.Limit, time.Time, holding.Clock);
        using var session = holding.Watch(caller, waiter);
        feeds.Enter(waiter);
        try
        {
            // What happened before it was registered is only to be seen.
            var wakes = Wakes.Look;
            while (true)
            {
                if (await LookAsync(context, poll, (waiter, wakes, time.EndsSession), ct) is { } answer)
                {
                    return answer;
                }

                wakes = await waiter.WaitAsync(ct);
            }
        }
        finally
        {
            feeds.Leave(waiter);
        }
    }

    /// <returns>Null to wait on.</returns>
    private async ValueTask<Answer?> LookAsync(
        HttpContext context,
        RoomPoll poll,
        (RoomWaiter Waiter, Wakes Wakes, bool EndsSession) held,
        CancellationToken ct)
    {
        var (waiter, wakes, endsSession) = held;
        var isUp = wakes.HasFlag(Wakes.TimeIsUp);
        if (wakes == Wakes.Served && waiter.TakeServed() is { } served)
        {
            return Answer.Written(served.ToJson());
        }

        var caller = Caller.Of(context);
        if ((isUp && endsSession) || !await holding.GoesOnAsync(caller, ct))
        {
            return AuthorizationProblems.Challenge(context, isBad: true);
        }

        waiter.StepAside();
        var read = await reader.ReadAsync(poll.Room, caller.SessionUser, poll.After, poll.Limit, ct);
        if (read.Refusal is not null || read.Page!.IsDue || isUp || holding.IsClosed)
        {
            return AnswerOf(read);
        }

        waiter.StandAt(read.Page.Next.Sequence, read.SeenTo);
        return null;
    }
}
