using Repository.Api.Hosting.Answers;
using Repository.Domain.Software;

namespace Repository.Api.Software;

/// <summary>A software, as anyone may see it.</summary>
/// <param name="IssuerGuid">Who licenses it, for ever.</param>
/// <param name="SoftwareGuid">Its global guid.</param>
/// <param name="Name">As its issuer wrote it.</param>
/// <param name="Description">As its issuer wrote it; null where there is none.</param>
/// <param name="Version">The software's own version, as its issuer wrote it.</param>
public sealed record SoftwareView(string IssuerGuid, string SoftwareGuid, string Name, string? Description, string Version)
{
    internal static SoftwareView Of(SoftwareProduct software) => new(
        software.IssuerGuid.ToString(),
        software.SoftwareGuid.ToString(),
        software.Name,
        software.Description,
        software.Version);

    internal static string ETagOf(SoftwareProduct software) => EntityTag.Of(software.Revision);
}
