using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Capabilities;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <param name="IssuerGuid">Whose capability it is, where its file is not at hand.</param>
public sealed record RevokeCapabilityRequest(string IssuerGuid);

internal sealed class RevokeCapabilityRequestValidator : AbstractValidator<RevokeCapabilityRequest>
{
    public RevokeCapabilityRequestValidator() => RuleFor(request => request.IssuerGuid).Spells<RevokeCapabilityRequest, HashIdentifier>();
}

/// <summary>
/// Revokes a capability for an issuer. The first revocation counts and its date stays. Its signature is not asked for: who may revoke
/// is decided by the caller's credential, and a file with any signature names the same content.
/// </summary>
internal sealed class RevokeCapability(RevocationRequest request, string actor, AuditLog audit, TimeProvider clock)
    : WriteOperation<CapabilityView>
{
    private static readonly Statement Insert = new(
        "INSERT INTO revocations (capability_guid, issuer_guid, revoked_date) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

    public override async ValueTask<CapabilityView> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (request.File is { } file)
        {
            await transaction.RememberAsync(file, ct);
        }

        var revoked = await transaction.ExecuteAsync(
            Insert,
            [SqlValue.Of(request.Capability), SqlValue.Of(request.Issuer), SqlValue.Of(clock.GetUtcNow())],
            ct);
        if (revoked == 1)
        {
            await audit.AppendAsync(transaction, SeatEvents.Revoked(request.Capability, request.Issuer, actor), ct);
        }

        return await transaction.FindCapabilityAsync(request.Capability, ct)
            ?? throw new InvalidOperationException("A capability that was revoked is not known.");
    }
}

/// <summary>What is to be revoked.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Issuer">For whose files it is to count.</param>
/// <param name="File">The capability's file, where it was shown.</param>
internal sealed record RevocationRequest(CapabilityGuid Capability, HashIdentifier Issuer, CapabilityFile? File);
