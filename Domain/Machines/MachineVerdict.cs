namespace Repository.Domain.Machines;

/// <summary>What a presented date says about a machine, in the order in which it is decided.</summary>
public enum MachineVerdict
{
    /// <summary>The machine is disabled; nothing else is looked at.</summary>
    Disabled,

    /// <summary>The date is the current one: the machine steps on.</summary>
    Matches,

    /// <summary>The date and the request id are those of the last step, whose answer was lost: it is given again.</summary>
    Replay,

    /// <summary>Somebody else has stepped since: a copy exists.</summary>
    Mismatch,
}
