using System.Runtime.InteropServices;
using Repository.Domain.Encoding;

namespace Repository.Domain.Resources;

/// <summary>
/// A window of one resource, or of two that talk. There is one key for it; the pair is unordered, so both sides mean the same window.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Window
{
    private Window(HashIdentifier first, HashIdentifier second, long start)
    {
        First = first;
        Second = second;
        Start = start;
    }

    /// <summary>The resource; of a pair the first in byte order.</summary>
    public HashIdentifier First { get; }

    /// <summary>The second of a pair; of a resource alone, the same as the first.</summary>
    public HashIdentifier Second { get; }

    /// <summary>The first second, a multiple of 900.</summary>
    public long Start { get; }

    /// <summary>The first second after it.</summary>
    public long End => Start + Timecode.WindowSeconds;

    public bool IsPair => First != Second;

    /// <summary>The window that begins at this second.</summary>
    /// <param name="resource">A resource.</param>
    /// <param name="peer">The other side; null where the resource is alone.</param>
    /// <param name="start">Its first second.</param>
    public static Window At(HashIdentifier resource, HashIdentifier? peer, long start)
    {
        var other = peer ?? resource;
        return resource.ToByteArray().AsSpan().SequenceCompareTo(other.ToByteArray()) <= 0
            ? new Window(resource, other, start)
            : new Window(other, resource, start);
    }

    /// <summary>What there is to say of the window's age.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="retention">How long a key is kept after its window ends.</param>
    /// <param name="createdDate">When the resource was created; of a pair the younger one.</param>
    public WindowAge AgeAt(DateTimeOffset now, TimeSpan retention, DateTimeOffset createdDate)
    {
        var over = DateTimeOffset.FromUnixTimeSeconds(End) + retention;
        return now < over ? WindowAge.Kept : over > createdDate ? WindowAge.Gone : WindowAge.Before;
    }
}

/// <summary>How old a window is, beside those whose it is.</summary>
public enum WindowAge
{
    /// <summary>Its key is kept, or is made at its first use.</summary>
    Kept,

    /// <summary>Its retention is over. There may have been a key, and it is gone.</summary>
    Gone,

    /// <summary>Its retention was over before there was the resource, or the pair: it never had a key.</summary>
    Before,
}
