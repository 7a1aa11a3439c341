using System.Globalization;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>What the audit log records of a resource, its login tokens and its pinned windows: never a name, a label or a key.</summary>
internal static class ResourceAudit
{
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What was done, such as <c>resource-created</c>.</param>
    /// <param name="resource">What it was done to.</param>
    public static AuditEvent Entry(string actor, string action, Resource resource) =>
        new(actor, action, resource.ResourceGuid.ToString(), $$"""{"owner":"{{resource.OwnerGuid}}"}""");

    /// <inheritdoc cref="Entry(string, string, Resource)"/>
    public static AuditEvent Entry(string actor, string action, HashIdentifier resource, SourceId source) =>
        new(actor, action, resource.ToString(), $$"""{"source":"{{source}}"}""");

    /// <inheritdoc cref="Entry(string, string, Resource)"/>
    public static AuditEvent Entry(string actor, string action, HashIdentifier resource, Window window)
    {
        var peer = window.IsPair ? $"\"peer\":\"{(window.First == resource ? window.Second : window.First)}\"," : string.Empty;
        return new(actor, action, resource.ToString(), string.Create(CultureInfo.InvariantCulture, $"{{{peer}\"windowStart\":{window.Start}}}"));
    }
}
