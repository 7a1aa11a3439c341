using System.Security.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Machines;

/// <summary>
/// A machine that proves itself with a date that changes at every verify. Two copies of it hold the same date; the first to
/// present it moves the date on, and the second is found out.
/// </summary>
public sealed class Machine
{
    /// <summary>The bytes of a <c>requestId</c>.</summary>
    public const int RequestIdSize = 16;

    private static readonly DateTimeOffset LastSecond = DateTimeOffset.MaxValue.AddSeconds(-2);

    private Machine(
        HashIdentifier machineRegisterHash,
        HashIdentifier? previousMachineRegisterHash,
        DateTimeOffset registeredDate,
        DateTimeOffset lastAccessedDate)
    {
        MachineRegisterHash = machineRegisterHash;
        PreviousMachineRegisterHash = previousMachineRegisterHash;
        RegisteredDate = registeredDate;
        LastAccessedDate = lastAccessedDate;
        HashState = HashState.Enabled;
    }

    /// <summary>Rises in the order of registration.</summary>
    public long Id { get; private set; }

    public HashIdentifier MachineRegisterHash { get; }

    public HashState HashState { get; private set; }

    /// <summary>The machine that this one was before it had to take a new identity.</summary>
    public HashIdentifier? PreviousMachineRegisterHash { get; }

    /// <summary>Cut to the second, so that it says nothing about <see cref="LastAccessedDate"/>.</summary>
    public DateTimeOffset RegisteredDate { get; }

    /// <summary>What the machine must present next: strictly increasing, with a random fraction of a second.</summary>
    public DateTimeOffset LastAccessedDate { get; private set; }

    /// <summary>The date before the last step, with which its answer can be asked for again.</summary>
    public DateTimeOffset? PreviousAccessedDate { get; private set; }

    /// <summary>The request id of the last step; null when it had none.</summary>
    public byte[]? RequestId { get; private set; }

    /// <summary>How often an enabled machine presented a date that was not its own.</summary>
    public long MismatchCount { get; private set; }

    public DateTimeOffset? LastMismatchDate { get; private set; }

    /// <summary>The second whose mismatch the audit log holds: it takes at most one a machine and second.</summary>
    public long? AuditedMismatchSecond { get; private set; }

    /// <summary>A new machine.</summary>
    public static Machine Register(HashIdentifier hash, HashIdentifier? previous, DateTimeOffset now) =>
        new(hash, previous, CutToSecond(now), WithRandomFraction(CutToSecond(now)));

    /// <summary>
    /// The date that follows <paramref name="last"/>: in the present second, or in the one after the last date when the present
    /// one is used up or the clock was turned back. Every date has ten million equally likely ticks, however fast they follow.
    /// </summary>
    public static DateTimeOffset NextAccessDate(DateTimeOffset last, DateTimeOffset now)
    {
        var next = WithRandomFraction(CutToSecond(now));
        if (next > last)
        {
            return next;
        }

        // A stranger may present the end of the calendar: no machine has that date, so what would follow it does not matter.
        var following = CutToSecond(last);
        return following > LastSecond ? DateTimeOffset.MaxValue : WithRandomFraction(following.AddSeconds(1));
    }

    /// <summary>Decides on a presented date and request id (design/api.md: disabled, replay, mismatch).</summary>
    public MachineVerdict Judge(DateTimeOffset presentedDate, ReadOnlySpan<byte> requestId) => this switch
    {
        { HashState: HashState.Disabled } => MachineVerdict.Disabled,
        _ when presentedDate == LastAccessedDate => MachineVerdict.Matches,
        { RequestId: { } stepped } when presentedDate == PreviousAccessedDate
            && CryptographicOperations.FixedTimeEquals(stepped, requestId) => MachineVerdict.Replay,
        _ => MachineVerdict.Mismatch,
    };

    private static DateTimeOffset CutToSecond(DateTimeOffset date) => new(date.UtcTicks - (date.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static DateTimeOffset WithRandomFraction(DateTimeOffset second) => second.AddTicks(RandomTicks.Next());
}
