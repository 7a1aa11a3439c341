using Repository.Domain.Encoding;

namespace Repository.Domain.Software;

/// <summary>A software that an issuer licenses. Its guid is global and stays with its issuer for ever, also when it was deleted.</summary>
public sealed class SoftwareProduct
{
    public const int MaxNameLength = 200;
    public const int MaxDescriptionLength = 2_000;
    public const int MaxVersionLength = 100;

    private SoftwareProduct(HashIdentifier softwareGuid, HashIdentifier issuerGuid, string name, string? description, string version)
    {
        SoftwareGuid = softwareGuid;
        IssuerGuid = issuerGuid;
        Name = name;
        Description = description;
        Version = version;
        Revision = 1;
    }

    /// <summary>Rises in the order of creation.</summary>
    public long Id { get; private set; }

    public HashIdentifier SoftwareGuid { get; }

    public HashIdentifier IssuerGuid { get; }

    public string Name { get; private set; }

    public string? Description { get; private set; }

    /// <summary>The software's own version, as its issuer writes it.</summary>
    public string Version { get; private set; }

    /// <summary>Rises with every change, deletion and return: what an ETag stands for.</summary>
    public long Revision { get; private set; }

    /// <summary>A deleted software is there only to keep its guid with its issuer.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>A new software.</summary>
    public static SoftwareProduct Create(
        HashIdentifier softwareGuid,
        HashIdentifier issuerGuid,
        string name,
        string? description,
        string version) => new(softwareGuid, issuerGuid, name, description, version);
}
