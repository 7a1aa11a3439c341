using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Repository.Domain.Encoding;

/// <summary>
/// A hash that names a machine, a user, an issuer or a software: 128 or 256 bits, spelled as exactly 32 or 64 lower-case hex
/// digits (design/formats.md, Identifiers). The server never sees what was hashed.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct HashIdentifier : ICanonicalText<HashIdentifier>, IEquatable<HashIdentifier>
{
    private const int ShortSize = 16;
    private const int LongSize = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _second;
    private readonly int _size;

    private HashIdentifier(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _second = bytes.Length == LongSize ? BinaryPrimitives.ReadUInt128BigEndian(bytes[ShortSize..]) : UInt128.Zero;
        _size = bytes.Length;
    }

    public static string Rule => "must be 32 or 64 lower-case hex digits.";

    public static bool operator ==(HashIdentifier left, HashIdentifier right) => left.Equals(right);

    public static bool operator !=(HashIdentifier left, HashIdentifier right) => !left.Equals(right);

    public static bool TryParse(ReadOnlySpan<char> text, out HashIdentifier value)
    {
        Span<byte> bytes = stackalloc byte[LongSize];
        value = default;
        if (text.Length is not (2 * ShortSize or 2 * LongSize)
            || text.ContainsAnyInRange('A', 'F')
            || Convert.FromHexString(text, bytes, out _, out var size) != OperationStatus.Done)
        {
            return false;
        }

        value = new HashIdentifier(bytes[..size]);
        return true;
    }

    /// <exception cref="FormatException">The text is no hash identifier; use <see cref="TryParse"/> where that is to be expected.</exception>
    public static HashIdentifier Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"A hash identifier {Rule}");

    /// <summary>Restores an identifier that this server stored: 16 or 32 bytes.</summary>
    public static HashIdentifier Load(ReadOnlySpan<byte> stored)
    {
        if (stored.Length is not (ShortSize or LongSize))
        {
            throw new ArgumentException("A stored hash identifier is 16 or 32 bytes.", nameof(stored));
        }

        return new HashIdentifier(stored);
    }

    /// <summary>The 16 or 32 bytes that the hex digits spell.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[_size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        if (_size == LongSize)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(ShortSize), _second);
        }

        return bytes;
    }

    public bool Equals(HashIdentifier other) => _size == other._size && _first == other._first && _second == other._second;

    public override bool Equals(object? obj) => obj is HashIdentifier other && Equals(other);

    public override int GetHashCode() => _first.GetHashCode();

    public override string ToString() => _size == 0 ? string.Empty : Convert.ToHexStringLower(ToByteArray());
}
