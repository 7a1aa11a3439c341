using System.Buffers;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>
/// The name of a member of a cluster: 32 bytes, the hash of the SPKI of its <c>sk</c>, or 20 bytes of its own choice, in lower-case hex
/// (design/formats.md, Cluster). Nodes of this deployment have 32.
/// </summary>
public readonly record struct NodeId : ICanonicalText<NodeId>
{
    /// <summary>In bytes: what a member of a users' cluster may bring.</summary>
    public const int ShortSize = 20;

    /// <summary>In bytes: the hash of a key.</summary>
    public const int HashSize = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _digits;

    private NodeId(string digits) => _digits = digits;

    public static string Rule => "must be 40 or 64 lower-case hex digits.";

    /// <summary>Whether it is as long as the hash of a key, and so must be one.</summary>
    public bool IsHash => _digits?.Length == 2 * HashSize;

    public static bool TryParse(ReadOnlySpan<char> text, out NodeId value)
    {
        var valid = text.Length is 2 * ShortSize or 2 * HashSize && !text.ContainsAnyExcept(Digits);
        value = valid ? new NodeId(text.ToString()) : default;
        return valid;
    }

    /// <summary>Restores the id of a row, or of a message of a member's: 20 or 32 bytes.</summary>
    public static NodeId Load(ReadOnlySpan<byte> stored)
    {
        if (stored.Length is not (ShortSize or HashSize))
        {
            throw new ArgumentException("A node id is 20 or 32 bytes.", nameof(stored));
        }

        return new NodeId(Convert.ToHexStringLower(stored));
    }

    public byte[] ToByteArray() => Convert.FromHexString(ToString());

    public override string ToString() => _digits ?? string.Empty;
}
