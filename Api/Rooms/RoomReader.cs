using System.Runtime.InteropServices;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Reads pages of a room's log for one member, of more than one read where it asks for many events.</summary>
internal sealed class RoomReader(RoomLog log)
{
    /// <summary>What a page's ciphertexts take before it is closed: 4 MiB, and the last read beyond.</summary>
    private const int MaxBytes = 4 << 20;

    public async ValueTask<RoomPage> ReadAsync(RoomId room, HashIdentifier user, long after, int limit, CancellationToken ct)
    {
        var events = new List<RoomEvent>();
        var (position, bytes) = (after, 0);
        while (true)
        {
            var asked = Math.Min(limit - events.Count, RoomLog.MaxEventsPerRead);
            if (await log.ReadAsync(room, user, position, asked, ct) is not { } reading)
            {
                return RoomPage.Refuse(ApiProblem.RoomUnknown);
            }

            if (!reading.IsMember)
            {
                return RoomPage.Refuse(ApiProblem.Forbidden);
            }

            events.AddRange(reading.Events);
            bytes += reading.Events.Sum(static entry => entry.Ciphertext?.Length ?? 0);
            position = reading.ReadTo;
            if (position == reading.LastSequence || events.Count == limit || bytes >= MaxBytes)
            {
                var page = new EventPage(events, EventPosition.After(position), reading.IsBeyondEnd);
                return new RoomPage(page, null, reading.LastSequence);
            }
        }
    }
}

/// <summary>A page of one room, or why there is none.</summary>
/// <param name="Page">The events; null where they are refused.</param>
/// <param name="Refusal">Why; null where they are not.</param>
/// <param name="SeenTo">The sequence at which the reader was seen to be a member.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RoomPage(EventPage? Page, ApiProblem? Refusal, long SeenTo)
{
    public static RoomPage Refuse(ApiProblem problem) => new(null, problem, 0);
}
