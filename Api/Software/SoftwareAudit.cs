using Repository.Domain.Audit;
using Repository.Domain.Software;

namespace Repository.Api.Software;

/// <summary>What the audit log records of a software: whose it is, and never what its issuer says about it.</summary>
internal static class SoftwareAudit
{
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What was done, such as <c>software-created</c>.</param>
    /// <param name="software">What it was done to.</param>
    public static AuditEvent Entry(string actor, string action, SoftwareProduct software) =>
        new(actor, action, software.SoftwareGuid.ToString(), $$"""{"issuer":"{{software.IssuerGuid}}"}""");
}
