using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>
/// One caller that waits on a room's log. While it stands at a sequence it can be served with what was read for all who stand there;
/// otherwise it is told to look by itself.
/// </summary>
internal sealed class RoomWaiter(RoomId room, int limit, TimeSpan time, TimeProvider clock) : HeldPoll(time, clock)
{
    private bool _stands;
    private long _seenTo;
    private EventPage? _served;

    public RoomId Room => room;

    /// <summary>How many events it takes at once.</summary>
    public int Limit => limit;

    /// <summary>The sequence that it stands at; null while it reads by itself.</summary>
    public long? After
    {
        get
        {
            lock (Guard)
            {
                return _stands ? Position : null;
            }
        }
    }

    /// <summary>Links of the room's chain of waiters; <see cref="RoomFeeds"/> guards them.</summary>
    public RoomWaiter? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public RoomWaiter? NextWaiter { get; set; }

    private long Position { get; set; }

    /// <summary>Says where it stands, having read everything up to there.</summary>
    /// <param name="after">The sequence.</param>
    /// <param name="seenTo">The sequence at which it was seen to be a member.</param>
    public void StandAt(long after, long seenTo)
    {
        lock (Guard)
        {
            (Position, _seenTo, _stands) = (after, seenTo, true);
        }
    }

    /// <summary>
    /// Says that it reads by itself now: it stands nowhere until it says where, and what it was served with it has not had, but will read.
    /// </summary>
    public void StepAside()
    {
        lock (Guard)
        {
            (_served, _stands) = (null, false);
        }
    }

    /// <summary>What it was served with; null where it is to look by itself.</summary>
    public EventPage? TakeServed()
    {
        lock (Guard)
        {
            (var served, _served) = (_served, null);
            return served;
        }
    }

    /// <summary>Says that it stands where what it was served with ends. Signals since then have it look by itself.</summary>
    /// <returns>False when there was more to read already.</returns>
    public bool TryStandAfter(EventPage served)
    {
        lock (Guard)
        {
            if (served.Next.Sequence < _seenTo)
            {
                return false;
            }

            (Position, _stands) = (served.Next.Sequence, true);
            return true;
        }
    }

    /// <summary>Serves it with what was read for all who stand at a sequence, if that holds for it.</summary>
    /// <param name="after">The sequence.</param>
    /// <param name="reading">What was read; null when the room is gone.</param>
    /// <param name="page">The same as a page.</param>
    public void Serve(long after, RoomReading? reading, EventPage? page)
    {
        var wake = Wakes.Look;
        lock (Guard)
        {
            // Somebody ceased to be a member since it was seen to be one: it may be this one, which only a read of its own tells.
            if (_stands && Position == after && reading is not null && page is not null && reading.DepartedSequence <= _seenTo)
            {
                if (page.IsEmpty && reading.ReadTo == reading.LastSequence)
                {
                    (Position, _seenTo) = (reading.ReadTo, reading.LastSequence);
                    return;
                }

                if (page.IsEmpty)
                {
                    _stands = false; // Many events are past the room's limits and not removed yet: it reads on by itself.
                }
                else
                {
                    (_served, _seenTo, _stands, wake) = (page, reading.LastSequence, false, Wakes.Served);
                }
            }
            else
            {
                _stands = false;
            }
        }

        Wake(wake);
    }
}
