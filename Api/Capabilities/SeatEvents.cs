using Repository.Domain.Audit;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Api.Capabilities;

/// <summary>What the audit log records of seats and revocations.</summary>
internal static class SeatEvents
{
    public static AuditEvent Activated(SeatKey seat, string actor) =>
        new(actor, "seat-activated", seat.Capability.ToString(), $$"""{"machine":"{{seat.Machine}}"}""");

    public static AuditEvent Released(SeatKey seat, string actor) =>
        new(actor, "seat-released", seat.Capability.ToString(), $$"""{"machine":"{{seat.Machine}}"}""");

    public static AuditEvent Revoked(CapabilityGuid capability, HashIdentifier issuer, string actor) =>
        new(actor, "capability-revoked", capability.ToString(), $$"""{"issuer":"{{issuer}}"}""");
}
