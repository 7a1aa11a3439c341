using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>
/// What the registry remembers of a capability whose file it has seen: whose it is, for what, until when, and how many seats are
/// held. Never its content.
/// </summary>
public sealed class Capability
{
    private Capability(
        CapabilityGuid capabilityGuid,
        HashIdentifier issuerGuid,
        HashIdentifier softwareGuid,
        DateTimeOffset? notAfter,
        long seatLimit)
    {
        CapabilityGuid = capabilityGuid;
        IssuerGuid = issuerGuid;
        SoftwareGuid = softwareGuid;
        NotAfter = notAfter;
        SeatLimit = seatLimit;
    }

    public CapabilityGuid CapabilityGuid { get; }

    public HashIdentifier IssuerGuid { get; }

    /// <summary>For those who ask about a seat without having the file.</summary>
    public HashIdentifier SoftwareGuid { get; }

    /// <inheritdoc cref="SoftwareGuid"/>
    public DateTimeOffset? NotAfter { get; }

    public long SeatLimit { get; }

    /// <summary>The user that the content names, from the first activation on; null where it names none. For those who ask without the file.</summary>
    public HashIdentifier? UserGuid { get; private set; }

    /// <summary>The hash of the issuer's key that signed the file which was activated last; null before the first.</summary>
    public byte[]? KeyHash { get; private set; }

    /// <summary>How many seats are held: exactly the capability's <see cref="Seat"/>s that were not released.</summary>
    public long UsedSeats { get; private set; }
}
