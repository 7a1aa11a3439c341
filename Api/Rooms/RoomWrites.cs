using System.Runtime.InteropServices;
using Repository.Api.Hosting.Answers;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Runs the writes on rooms, and wakes whoever waits on a room: only once the write is durable, and whatever it was.</summary>
internal sealed class RoomWrites(Writes writes, ISignals signals)
{
    /// <param name="context">The request.</param>
    /// <param name="target">The room, and whose membership of it may change.</param>
    /// <param name="operation">What is to be written.</param>
    /// <param name="answer">Says what is answered where it is not refused; see <see cref="Writes.ExecuteAsync"/>.</param>
    /// <param name="ct">Keeps a write from beginning. One that has begun goes to its end: who waits is told of it, also when the caller goes away.</param>
    public async Task<Answer> ExecuteAsync<T>(
        HttpContext context,
        RoomTarget target,
        WriteOperation<RoomOutcome<T>> operation,
        Func<T, Answer> answer,
        CancellationToken ct)
        where T : class
    {
        ct.ThrowIfCancellationRequested();
        var isRefused = false;
        try
        {
            var given = await writes.ExecuteAsync(context, operation, outcome => outcome.ToAnswer(answer), CancellationToken.None);
            isRefused = given.Status >= StatusCodes.Status400BadRequest;
            return given;
        }
        finally
        {
            if (!isRefused) // Also after a failure: it may have become durable.
            {
                Wake(target);
            }
        }
    }

    /// <summary>The one place where rooms raise their signal: after the commit.</summary>
    private void Wake(RoomTarget target)
    {
        signals.Raise(Topic.Room(target.Room));
        if (target.User is { } user)
        {
            signals.Raise(Topic.User(user));
        }
    }
}

/// <summary>What a write on a room concerns.</summary>
/// <param name="Room">The room.</param>
/// <param name="User">Whose membership of it may change; null where nobody's does.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RoomTarget(RoomId Room, HashIdentifier? User = null);
