using System.Buffers;
using Repository.Domain.Encoding;

namespace Repository.Domain.Coffer;

/// <summary>
/// The X25519 public key of a client of the coffer, which names its shard, or of a companion: 32 bytes, spelled as 64 hex digits. They are read
/// in either case and always written in lower case (design/api.md, Coffer).
/// </summary>
public readonly record struct ClientKey : ICanonicalText<ClientKey>
{
    /// <summary>In bytes.</summary>
    public const int Size = 32;

    private readonly HashIdentifier _bytes;

    private ClientKey(HashIdentifier bytes) => _bytes = bytes;

    public static string Rule => "must be 64 hex digits.";

    public static bool TryParse(ReadOnlySpan<char> text, out ClientKey value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = text.Length == 2 * Size && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
        value = valid ? Load(bytes) : default;
        return valid;
    }

    /// <summary>A key from its 32 bytes, a stranger's or a row's: all of them are one.</summary>
    public static ClientKey Load(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size, nameof(bytes));
        return new ClientKey(HashIdentifier.Load(bytes));
    }

    public byte[] ToByteArray() => _bytes.ToByteArray();

    public override string ToString() => _bytes.ToString();
}
