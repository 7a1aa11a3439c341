using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>A resource, as its owner sees it.</summary>
/// <param name="ResourceGuid">Its guid, for ever.</param>
/// <param name="OwnerGuid">The user whose resource it is.</param>
/// <param name="Name">As its owner wrote it.</param>
/// <param name="AllowedPeers">Which resources it shares pair tokens with, as its owner wrote it.</param>
/// <param name="CreatedDate">When it was created.</param>
public sealed record ResourceView(string ResourceGuid, string OwnerGuid, string Name, AllowedPeers AllowedPeers, DateTimeOffset CreatedDate)
{
    internal static ResourceView Of(Resource resource) => new(
        resource.ResourceGuid.ToString(),
        resource.OwnerGuid.ToString(),
        resource.Name,
        AllowedPeers.Load(resource.AllowedPeers),
        resource.CreatedDate);
}
