using Repository.Domain.Capabilities;

namespace Repository.Api.Capabilities;

/// <summary>How many machines hold a seat, and how many may; the limit is null until a file of the capability was seen.</summary>
public sealed record SeatsView(long Used, long? Limit);

/// <summary>What anyone may know of a capability that was activated or revoked: 1 valid, 0 revoked.</summary>
public sealed record CapabilityView(string CapabilityGuid, int State, SeatsView Seats, DateTimeOffset? RevokedDate);

/// <summary>A machine that holds a seat.</summary>
public sealed record SeatView(string MachineRegisterHash, DateTimeOffset ActivatedDate)
{
    internal static SeatView Of(Seat seat) => new(seat.MachineRegisterHash.ToString(), seat.ActivatedDate);
}

/// <summary>A capability file, as it is described to clients. What is read is its bytes: see <see cref="CapabilityFile"/>.</summary>
/// <param name="Content">What the issuer grants: these members, and any of its own beside them.</param>
/// <param name="Verification">The issuer's signature over the canonical form of the content.</param>
public sealed record CapabilityDocument(CapabilityContentDocument Content, CapabilityVerificationDocument Verification);

/// <summary>What the registry reads of a capability's content. The issuer's own members stand beside these.</summary>
/// <param name="IssuerGuid">Who grants it.</param>
/// <param name="SoftwareGuid">The issuer's software that it is for.</param>
/// <param name="UserGuid">For whom it is; absent: for whoever holds the file.</param>
/// <param name="Machines">Seats, 1 to 1,000,000; 1 when absent.</param>
/// <param name="NotBefore">RFC 3339, with any offset: valid from then on.</param>
/// <param name="NotAfter">RFC 3339, with any offset: valid before then.</param>
public sealed record CapabilityContentDocument(
    string IssuerGuid,
    string SoftwareGuid,
    string? UserGuid = null,
    int Machines = 1,
    string? NotBefore = null,
    string? NotAfter = null);

/// <summary>A signature over <c>"repository-capability-v1" ‖ \0 ‖ SHA-256(JCS(content))</c>.</summary>
/// <param name="Algorithm">EdDSA, RS256, PS256 or ES256.</param>
/// <param name="Signature">Base64.</param>
public sealed record CapabilityVerificationDocument(string Algorithm, string Signature);
