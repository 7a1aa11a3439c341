using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Capabilities;

namespace Repository.Api.Capabilities;

/// <summary>Whether a capability is valid now, and if not, every reason why.</summary>
public sealed record CapabilityVerification(
    bool Valid,
    string CapabilityGuid,
    IReadOnlyList<CapabilityReason> Reasons,
    string IssuerGuid,
    string SoftwareGuid,
    string? UserGuid,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    SeatsView Seats,
    DateTimeOffset CheckedDate);

/// <summary>Verifies a capability file, and with a machine, that the machine may use it. Changes nothing.</summary>
internal sealed class VerifyCapability(SignatureCheck signature, TimeProvider clock)
{
    public async ValueTask<CapabilityVerification> ExecuteAsync(CapabilityFile file, HashIdentifier? machine, CancellationToken ct)
    {
        var found = await signature.ExecuteAsync(file, machine, ct);
        var now = clock.GetUtcNow();
        var reasons = found.Facts.FindReasons(file, found.Signature, now);
        if (machine is not null)
        {
            reasons = [.. reasons, .. found.Facts.FindMachineReasons()];
        }

        return new CapabilityVerification(
            reasons.Count == 0,
            file.CapabilityGuid.ToString(),
            reasons,
            file.IssuerGuid.ToString(),
            file.SoftwareGuid.ToString(),
            file.UserGuid?.ToString(),
            file.NotBefore,
            file.NotAfter,
            new SeatsView(found.Facts.UsedSeats, file.Machines),
            now);
    }
}
