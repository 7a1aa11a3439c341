namespace Repository.Domain.Capabilities;

/// <summary>Why a capability is not valid. The code is part of the API and never changes its meaning.</summary>
/// <param name="Code">What clients switch on.</param>
/// <param name="Detail">The same in words.</param>
public sealed record CapabilityReason(string Code, string Detail)
{
    public static readonly CapabilityReason SignatureInvalid = new(
        "signature-invalid",
        "The signature is not the issuer's over this content.");

    public static readonly CapabilityReason AlgorithmMismatch = new(
        "algorithm-mismatch",
        "No unrevoked key of the issuer fits the algorithm.");

    public static readonly CapabilityReason IssuerUnknown = new("issuer-unknown", "The issuer is not registered.");

    public static readonly CapabilityReason IssuerDisabled = new("issuer-disabled", "The issuer is disabled.");

    public static readonly CapabilityReason SoftwareUnknown = new("software-unknown", "There is no such software.");

    public static readonly CapabilityReason SoftwareNotOfIssuer = new("software-not-of-issuer", "The software belongs to another issuer.");

    public static readonly CapabilityReason UserUnknown = new("user-unknown", "The user is not registered.");

    public static readonly CapabilityReason UserDisabled = new("user-disabled", "The user is disabled.");

    public static readonly CapabilityReason NotYetValid = new("not-yet-valid", "The time from which it is valid has not come.");

    public static readonly CapabilityReason Expired = new("expired", "The time until which it was valid is over.");

    public static readonly CapabilityReason Revoked = new("revoked", "The issuer or an administrator revoked it.");

    public static readonly CapabilityReason MachineUnknown = new("machine-unknown", "The machine is not registered.");

    public static readonly CapabilityReason MachineDisabled = new("machine-disabled", "The machine is disabled.");

    public static readonly CapabilityReason MachineNotActivated = new("machine-not-activated", "The machine holds no seat.");
}
