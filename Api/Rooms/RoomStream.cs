using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>One stream while it runs.</summary>
/// <param name="reader">Reads the room.</param>
/// <param name="holding">Says whether it may go on.</param>
/// <param name="context">The request that it answers.</param>
/// <param name="waiter">Waits for it; entered where the room is waited on.</param>
/// <param name="start">The sequence that the client has had.</param>
internal sealed class RoomStream(RoomReader reader, PollHolding holding, HttpContext context, RoomWaiter waiter, long start)
{
    /// <summary>How many events are read at once: of 64 KiB each they are 2 MiB.</summary>
    public const int EventsPerRead = 32;

    /// <summary>How often a comment is sent (design/api.md, Rooms).</summary>
    public static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);

    private static readonly byte[] Comment = ": \n\n"u8.ToArray();

    private readonly Caller _caller = Caller.Of(context);
    private readonly long _begun = holding.Clock.GetTimestamp();
    private readonly TimeSpan _sessionLeft = holding.TimeFor(Caller.Of(context), TimeSpan.MaxValue).Time;
    private long _position = start;

    public async Task RunAsync(CancellationToken ct)
    {
        context.Response.ContentType = BodyType.EventStream + "; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events back.
        await context.Response.StartAsync(ct);
        var goesOn = await WriteAsync(Comment, ct);
        var wakes = Wakes.Look;
        while (goesOn && !holding.IsClosed)
        {
            goesOn = wakes == Wakes.Served && waiter.TakeServed() is { } served
                ? await PassOnAsync(served, ct)
                : await LookAsync(wakes.HasFlag(Wakes.TimeIsUp), ct);
            if (goesOn)
            {
                wakes = await waiter.WaitAsync(ct);
            }
        }
    }

    private async ValueTask<bool> PassOnAsync(EventPage served, CancellationToken ct)
    {
        _position = served.Next.Sequence;
        return await WriteAsync(served.ToStream(), ct) && (waiter.TryStandAfter(served) || await LookAsync(isUp: false, ct));
    }

    /// <summary>Reads and writes until nothing is left to read.</summary>
    /// <returns>False when the stream ends.</returns>
    private async ValueTask<bool> LookAsync(bool isUp, CancellationToken ct)
    {
        waiter.StepAside(); // Or it would be served once more with what it reads here.
        while (true)
        {
            if (holding.IsClosed
                || holding.Clock.GetElapsedTime(_begun) >= _sessionLeft
                || !await holding.GoesOnAsync(_caller, ct)
                || await reader.ReadAsync(waiter.Room, _caller.SessionUser, _position, EventsPerRead, ct) is not { Page: { } page } read)
            {
                return false;
            }

            _position = page.Next.Sequence;
            if (page.IsEmpty)
            {
                waiter.StandAt(_position, read.SeenTo);
                return !isUp || await CommentAsync(ct);
            }

            if (!await WriteAsync(page.ToStream(), ct))
            {
                return false;
            }
        }
    }

    private ValueTask<bool> CommentAsync(CancellationToken ct)
    {
        var left = _sessionLeft - holding.Clock.GetElapsedTime(_begun);
        waiter.Restart(left < CommentInterval && left > TimeSpan.Zero ? left : CommentInterval);
        return WriteAsync(Comment, ct);
    }

    /// <returns>False when the client is gone.</returns>
    private async ValueTask<bool> WriteAsync(byte[] bytes, CancellationToken ct)
    {
        var written = context.Response.BodyWriter.WriteAsync(bytes, ct);
        if (written.IsCompleted)
        {
            return !(await written).IsCompleted;
        }

        // A client that does not read must not keep the server from stopping.
        using var closing = holding.Closing.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        return !(await written).IsCompleted;
    }
}
