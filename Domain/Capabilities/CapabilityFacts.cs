using Repository.Domain.Machines;
using Repository.Domain.Users;

namespace Repository.Domain.Capabilities;

/// <summary>
/// What the registry knows, at one moment, of all that a capability depends on. Everything here can change from one request to the
/// next, so it is read at each.
/// </summary>
public sealed record CapabilityFacts
{
    /// <summary>Null where the issuer is not registered.</summary>
    public required UserState? Issuer { get; init; }

    /// <summary>Whether the software is the issuer's; null where there is no such software.</summary>
    public required bool? IsIssuersSoftware { get; init; }

    /// <summary>The user that the file names; null where that one is not registered, or where it names none.</summary>
    public required UserState? User { get; init; }

    public required bool IsRevoked { get; init; }

    public required long UsedSeats { get; init; }

    /// <summary>The machine that was asked about; null where it is not registered, or none was asked about.</summary>
    public required HashState? Machine { get; init; }

    /// <summary>Since when that machine holds a seat; null where it holds none.</summary>
    public required DateTimeOffset? ActivatedDate { get; init; }

    /// <summary>Whether the key that was asked about is the issuer's and not revoked.</summary>
    public required bool KeyStands { get; init; }

    /// <summary>Whether the capability's row says that the key that was asked about signed it.</summary>
    public bool KeyIsRecorded { get; init; }

    /// <summary>Why the capability is not valid now: every reason that applies, in the contract's order, whatever the machine.</summary>
    public IReadOnlyList<CapabilityReason> FindReasons(CapabilityFile file, SignatureVerdict signature, DateTimeOffset now)
    {
        var reasons = new List<CapabilityReason>(FindSignatureReasons(signature));
        reasons.AddIf(Issuer == UserState.Disabled, CapabilityReason.IssuerDisabled);
        reasons.AddIf(IsIssuersSoftware is null, CapabilityReason.SoftwareUnknown);
        reasons.AddIf(IsIssuersSoftware == false, CapabilityReason.SoftwareNotOfIssuer);
        reasons.AddIf(file.UserGuid is not null && User is null, CapabilityReason.UserUnknown);
        reasons.AddIf(User == UserState.Disabled, CapabilityReason.UserDisabled);
        reasons.AddIf(now < file.NotBefore, CapabilityReason.NotYetValid);
        reasons.AddIf(now >= file.NotAfter, CapabilityReason.Expired);
        reasons.AddIf(IsRevoked, CapabilityReason.Revoked);
        return reasons;
    }

    /// <summary>Why the signature counts for nothing. Who is not registered has no keys and has signed nothing: no more is said of it then.</summary>
    public IReadOnlyList<CapabilityReason> FindSignatureReasons(SignatureVerdict signature)
    {
        var reasons = new List<CapabilityReason>();
        reasons.AddIf(Issuer is null, CapabilityReason.IssuerUnknown);
        reasons.AddIf(Issuer is not null && signature == SignatureVerdict.Invalid, CapabilityReason.SignatureInvalid);
        reasons.AddIf(Issuer is not null && signature == SignatureVerdict.NoKeyFits, CapabilityReason.AlgorithmMismatch);
        return reasons;
    }

    /// <summary>Why the machine that was asked about may not use the capability.</summary>
    public IReadOnlyList<CapabilityReason> FindMachineReasons()
    {
        var reasons = new List<CapabilityReason>();
        reasons.AddIf(Machine is null, CapabilityReason.MachineUnknown);
        reasons.AddIf(Machine == HashState.Disabled, CapabilityReason.MachineDisabled);
        reasons.AddIf(Machine is not null && ActivatedDate is null, CapabilityReason.MachineNotActivated);
        return reasons;
    }
}

/// <summary>Lets the rules above read as the list that they are.</summary>
internal static class ReasonLists
{
    public static void AddIf(this List<CapabilityReason> reasons, bool applies, CapabilityReason reason)
    {
        if (applies)
        {
            reasons.Add(reason);
        }
    }
}
