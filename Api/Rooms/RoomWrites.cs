using Repository.Api.Hosting.Answers;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Runs the writes on rooms, and wakes whoever waits on them: only once a write is durable, and never for one that was refused.</summary>
internal sealed class RoomWrites(Writes writes, ISignals signals)
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
        if (IsDone(given))
        {
            signals.Raise(Topic.Room(room));
        }

        return given;
    }

    /// <summary>As the other, for a write that may change which rooms a user is in.</summary>
    /// <inheritdoc cref="ExecuteAsync{T}(HttpContext, RoomId, WriteOperation{RoomOutcome{T}}, Func{T, Answer}, CancellationToken)"/>
    public async Task<Answer> ExecuteAsync<T>(
        HttpContext context,
        RoomId room,
        HashIdentifier user,
        WriteOperation<RoomOutcome<T>> operation,
        Func<T, Answer> answer,
        CancellationToken ct)
        where T : class
    {
        var given = await ExecuteAsync(context, room, operation, answer, ct);
        if (IsDone(given))
        {
            signals.Raise(Topic.User(user));
        }

        return given;
    }

    private static bool IsDone(Answer answer) => answer.Status < StatusCodes.Status400BadRequest;
}
