namespace Repository.Domain.Resources;

/// <summary>All that decides what becomes of a fetch, as it was at one moment.</summary>
public sealed class WindowFacts
{
    /// <summary>When the resource was created; of a pair the younger one.</summary>
    public required DateTimeOffset CreatedDate { get; init; }

    /// <summary>Whether each side of a pair admits the other; true of a resource alone.</summary>
    public required bool IsAdmitted { get; init; }

    /// <summary>The window's key, sealed; null where there is none.</summary>
    public byte[]? SealedKey { get; init; }

    public bool IsPinned { get; init; }

    public bool IsRetired { get; init; }

    /// <summary>Decides, in the order of the contract: consent, what its owner decided for good, age.</summary>
    /// <param name="age">The window's age at this moment.</param>
    /// <param name="isPin">Whether the window is to be kept until it is retired.</param>
    public WindowVerdict Judge(WindowAge age, bool isPin) => this switch
    {
        { IsAdmitted: false } => WindowVerdict.PeerNotAllowed,
        { IsRetired: true } => WindowVerdict.Retired,
        { IsPinned: true } => WindowVerdict.Open,
        { SealedKey: not null } when age != WindowAge.Kept => WindowVerdict.Expired, // Past its time also where nobody has destroyed it yet.
        { SealedKey: not null } => isPin ? WindowVerdict.Pin : WindowVerdict.Open,
        _ => JudgeMissing(age, isPin),
    };

    private static WindowVerdict JudgeMissing(WindowAge age, bool isPin) => age switch
    {
        WindowAge.Gone => WindowVerdict.Expired,
        WindowAge.Before when !isPin => WindowVerdict.NotPinned,
        _ => isPin ? WindowVerdict.MakeAndPin : WindowVerdict.Make,
    };
}

/// <summary>What becomes of a fetch.</summary>
public enum WindowVerdict
{
    /// <summary>There is a key, and nothing is to be written.</summary>
    Open,

    /// <summary>There is a key, which is to be pinned.</summary>
    Pin,

    /// <summary>It is the first use: a key is to be made.</summary>
    Make,

    /// <summary>A key is to be made and pinned.</summary>
    MakeAndPin,

    /// <summary>One side of the pair does not admit the other.</summary>
    PeerNotAllowed,

    /// <summary>The key was destroyed by its retention.</summary>
    Expired,

    /// <summary>The key was destroyed by an owner.</summary>
    Retired,

    /// <summary>The window is of before the resource, and nobody asked to pin it.</summary>
    NotPinned,
}
