namespace Repository.Domain.Audit;

/// <summary>A change that the audit log is to record; see <see cref="AuditEntry"/> for what each member holds.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Details">A JSON object in canonical form.</param>
public sealed record AuditEvent(string Actor, string Action, string Subject, string Details = "{}");
