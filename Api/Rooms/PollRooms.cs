using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>What a poll of all rooms of a user asks for.</summary>
/// <param name="After">Where the caller stands.</param>
/// <param name="Limit">How many events at the most.</param>
/// <param name="Wait">How long to wait for the first.</param>
internal sealed record RoomsPoll(EventCursor After, int Limit, TimeSpan Wait);

/// <summary>Answers polls over all rooms of the caller, in the same order: register, with every room, read, wait.</summary>
internal sealed class PollRooms(UserEvents events, ISignals signals, PollHolding holding)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, RoomsPoll poll, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        var reading = await events.ReadAsync(caller.SessionUser, poll.After, poll.Limit, ct);
        var page = PageOf(reading);
        if (page.IsDue || poll.Wait == TimeSpan.Zero || holding.IsClosed)
        {
            return Answer.Written(page.ToJson());
        }

        if (!holding.TryEnter(caller))
        {
            return PollHolding.Refusal();
        }

        try
        {
            return await HoldAsync(context, poll with { After = reading.Next }, ct);
        }
        finally
        {
            holding.Leave(caller);
        }
    }

    private static EventPage PageOf(UserReading reading) => new(reading.Events, EventPosition.At(reading.Next), reading.IsBeyondEnd);

    private async Task<Answer> HoldAsync(HttpContext context, RoomsPoll poll, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        var time = holding.TimeFor(caller, poll.Wait);
        using var waiter = new HeldPoll(time.Time, holding.Clock);
        using var session = holding.Watch(caller, waiter);
        using var rooms = new RoomRegistrations(signals, waiter);
        var wakes = Wakes.Look;
        var after = poll.After;
        while (true)
        {
            var isUp = wakes.HasFlag(Wakes.TimeIsUp);
            if ((isUp && time.EndsSession) || !await holding.GoesOnAsync(caller, ct))
            {
                return AuthorizationProblems.Challenge(context, isBad: true);
            }

            rooms.Renew(await events.ReadRoomsAsync(caller.SessionUser, ct));
            var reading = await events.ReadAsync(caller.SessionUser, after, poll.Limit, ct);
            var page = PageOf(reading);
            if (page.IsDue || isUp || holding.IsClosed)
            {
                return Answer.Written(page.ToJson());
            }

            after = reading.Next;
            wakes = await waiter.WaitAsync(ct);
        }
    }

    /// <summary>The rooms whose signals a poll is told of.</summary>
    private sealed class RoomRegistrations(ISignals signals, HeldPoll waiter) : IDisposable
    {
        private readonly Dictionary<RoomId, IDisposable> _byRoom = [];

        /// <summary>Is told of these rooms from now on, and of no other.</summary>
        public void Renew(IReadOnlyList<RoomId> rooms)
        {
            foreach (var room in rooms)
            {
                if (!_byRoom.ContainsKey(room))
                {
                    _byRoom.Add(room, signals.Register(Topic.Room(room), waiter));
                }
            }

            if (_byRoom.Count > rooms.Count)
            {
                foreach (var left in _byRoom.Keys.Except(rooms).ToList())
                {
                    _byRoom.Remove(left, out var registration);
                    registration!.Dispose();
                }
            }
        }

        public void Dispose()
        {
            foreach (var registration in _byRoom.Values)
            {
                registration.Dispose();
            }
        }
    }
}
