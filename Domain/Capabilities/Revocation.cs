using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>That an issuer takes a capability back. It counts only for files of the issuer that it names.</summary>
public sealed class Revocation
{
    private Revocation(CapabilityGuid capabilityGuid, HashIdentifier issuerGuid, DateTimeOffset revokedDate)
    {
        CapabilityGuid = capabilityGuid;
        IssuerGuid = issuerGuid;
        RevokedDate = revokedDate;
    }

    public CapabilityGuid CapabilityGuid { get; }

    public HashIdentifier IssuerGuid { get; }

    public DateTimeOffset RevokedDate { get; }
}
