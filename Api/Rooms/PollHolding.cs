using System.Runtime.InteropServices;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Signals;

namespace Repository.Api.Rooms;

/// <summary>What every call that is held asks for: a place, a time, and whether its session goes on.</summary>
internal sealed class PollHolding(HeldPolls held, ISignals signals, LiveSessions sessions, TimeProvider clock)
{
    /// <summary>Polls end all the time: a place is free soon.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public TimeProvider Clock => clock;

    /// <summary>Whether nothing is to be held: the server stops.</summary>
    public bool IsClosed => held.IsClosed;

    /// <inheritdoc cref="HeldPolls.Closing"/>
    public CancellationToken Closing => held.Closing;

    /// <summary>503 <c>too-many-polls</c>.</summary>
    public static Answer Refusal() => Answer.RefuseFor(ApiProblem.TooManyPolls, RetryAfter);

    /// <inheritdoc cref="HeldPolls.TryEnter"/>
    public bool TryEnter(Caller caller) => held.TryEnter(caller.SessionUser);

    /// <inheritdoc cref="HeldPolls.Leave"/>
    public void Leave(Caller caller) => held.Leave(caller.SessionUser);

    /// <summary>How long a call may be held that would wait for so long: not beyond its session.</summary>
    public HoldingTime TimeFor(Caller caller, TimeSpan wait)
    {
        var left = caller.Token is { } token ? DateTimeOffset.FromUnixTimeSeconds(token.Expires) - clock.GetUtcNow() : TimeSpan.MaxValue;
        return left > wait ? new HoldingTime(wait, EndsSession: false) : new HoldingTime(left > TimeSpan.Zero ? left : TimeSpan.Zero, EndsSession: true);
    }

    /// <summary>Tells a waiter when the caller's session may have ended, or its rooms may be others.</summary>
    public IDisposable Watch(Caller caller, IWaiter waiter) => signals.Register(Topic.User(caller.SessionUser), waiter);

    /// <summary>Whether the session was neither ended nor its token revoked nor its user disabled. When it ends by itself, its time tells.</summary>
    public async ValueTask<bool> GoesOnAsync(Caller caller, CancellationToken ct) =>
        caller.Token is not { Session: { } session } token || await sessions.FindUserAsync(session, token.TokenIdHash, ct) is not null;
}

/// <summary>How long a call is held.</summary>
/// <param name="Time">By the clock's timers: a clock that is set does not change it.</param>
/// <param name="EndsSession">Whether the session is over after it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HoldingTime(TimeSpan Time, bool EndsSession);
