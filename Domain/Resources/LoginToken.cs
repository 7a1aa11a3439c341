using Repository.Domain.Encoding;

namespace Repository.Domain.Resources;

/// <summary>What one instance of a resource proves itself with. Of the secret only a hash is kept.</summary>
public sealed class LoginToken
{
    public const int MaxLabelLength = 128;

    private LoginToken(byte[] sourceId, HashIdentifier resourceGuid, byte[] secretHash, string? label, DateTimeOffset createdDate)
    {
        SourceId = sourceId;
        ResourceGuid = resourceGuid;
        SecretHash = secretHash;
        Label = label;
        CreatedDate = createdDate;
    }

    /// <summary>Rises in the order of creation.</summary>
    public long Id { get; private set; }

    /// <summary>128 random bits that name the instance.</summary>
    public byte[] SourceId { get; }

    public HashIdentifier ResourceGuid { get; }

    /// <summary>SHA-256 of the secret's 256 random bits.</summary>
    public byte[] SecretHash { get; }

    public string? Label { get; }

    public DateTimeOffset CreatedDate { get; }

    public DateTimeOffset? LastUsedDate { get; private set; }
}
