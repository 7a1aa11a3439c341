using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>A machine's place under a capability: held, or released and closed to others until it has cooled down.</summary>
public sealed class Seat
{
    private Seat(CapabilityGuid capabilityGuid, HashIdentifier machineRegisterHash, DateTimeOffset activatedDate)
    {
        CapabilityGuid = capabilityGuid;
        MachineRegisterHash = machineRegisterHash;
        ActivatedDate = activatedDate;
    }

    /// <summary>Rises in the order of activation.</summary>
    public long Id { get; private set; }

    public CapabilityGuid CapabilityGuid { get; }

    public HashIdentifier MachineRegisterHash { get; }

    public DateTimeOffset ActivatedDate { get; }

    /// <summary>Null while the seat is held.</summary>
    public DateTimeOffset? ReleasedDate { get; private set; }
}
