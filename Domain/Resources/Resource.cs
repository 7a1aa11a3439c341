using Repository.Domain.Encoding;

namespace Repository.Domain.Resources;

/// <summary>
/// A program or service of a user's, of which any number of instances run. They share machine tokens by agreeing on a timecode. Its guid
/// is never given again, also after it was deleted.
/// </summary>
public sealed class Resource
{
    public const int MaxNameLength = 128;

    private Resource(HashIdentifier resourceGuid, HashIdentifier ownerGuid, string name, string allowedPeers, DateTimeOffset createdDate)
    {
        ResourceGuid = resourceGuid;
        OwnerGuid = ownerGuid;
        Name = name;
        AllowedPeers = allowedPeers;
        CreatedDate = createdDate;
    }

    /// <summary>Rises in the order of creation.</summary>
    public long Id { get; private set; }

    public HashIdentifier ResourceGuid { get; }

    public HashIdentifier OwnerGuid { get; }

    public string Name { get; private set; }

    /// <summary>Who may share tokens with it: see <see cref="Resources.AllowedPeers"/>.</summary>
    public string AllowedPeers { get; private set; }

    public DateTimeOffset CreatedDate { get; }

    /// <summary>How many windows it has pinned; claimed by a conditional update.</summary>
    public long PinnedWindows { get; private set; }

    /// <summary>A deleted resource is there only to keep its guid.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>A new resource.</summary>
    public static Resource Create(
        HashIdentifier resourceGuid,
        HashIdentifier ownerGuid,
        string name,
        AllowedPeers allowedPeers,
        DateTimeOffset now) => new(resourceGuid, ownerGuid, name, allowedPeers.Json, now);
}
