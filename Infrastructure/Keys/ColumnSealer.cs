using System.Buffers.Binary;
using Repository.Domain.Cryptography;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Seals what a column keeps secret, bound to its place.
/// <code>
/// sealed := version (1) | nonce (24) | ciphertext (n) | tag (16)
/// bound  := version | LP(table) | LP(column) | LP(row), authenticated but not stored; LP(x) = u32be(length) | x
/// </code>
/// Moved to another row, column or table, a value no longer opens.
/// </summary>
internal sealed class ColumnSealer(KeyRing keys)
{
    private const byte Version = 1;

    public byte[] Seal(ReadOnlySpan<byte> plaintext, ColumnPlace place)
    {
        byte[] box = [Version, .. XChaCha20Poly1305.Seal(keys.Columns, plaintext, Bind(place))];
        return box;
    }

    /// <summary>Opens a value that was sealed for this very place. Every failure looks the same.</summary>
    public bool TryOpen(ReadOnlySpan<byte> box, ColumnPlace place, out byte[] plaintext)
    {
        plaintext = [];
        return box.Length > 0
            && box[0] == Version
            && XChaCha20Poly1305.TryOpen(keys.Columns, box[1..], Bind(place), out plaintext);
    }

    private static byte[] Bind(ColumnPlace place)
    {
        var table = System.Text.Encoding.ASCII.GetBytes(place.Table);
        var column = System.Text.Encoding.ASCII.GetBytes(place.Column);
        return [Version, .. LengthOf(table), .. table, .. LengthOf(column), .. column, .. LengthOf(place.Row), .. place.Row];
    }

    private static byte[] LengthOf(byte[] part)
    {
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)part.Length);
        return length;
    }
}

/// <summary>Where a sealed value lives.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Row">The row's primary key, as bytes.</param>
internal readonly record struct ColumnPlace(string Table, string Column, byte[] Row);
