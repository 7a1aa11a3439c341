using System.Buffers.Binary;
using System.Security.Cryptography;
using Repository.Domain.Resources;
using Repository.Infrastructure.Keys;

namespace Repository.Infrastructure.Resources;

/// <summary>
/// Draws and opens the keys of windows.
/// <code>
/// sealed_key := ColumnSealer(32 random bytes), bound to u8(length of first) | first | second | u64be(windowStart)
/// </code>
/// The length tells pairs apart whose guids, of 16 and of 32 bytes, are the same bytes in a row.
/// </summary>
internal sealed class WindowKeySeal(ColumnSealer sealer)
{
    /// <summary>A new key, sealed. Drawn before the write that may need it: the writer waits for nothing but the database.</summary>
    public byte[] Draw(Window window)
    {
        Span<byte> key = stackalloc byte[MachineToken.Size];
        RandomNumberGenerator.Fill(key);
        try
        {
            return sealer.Seal(key, PlaceOf(window));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>The key, which the caller wipes.</returns>
    /// <exception cref="CryptographicException">The row was changed or moved.</exception>
    public byte[] Open(byte[] sealedKey, Window window) => sealer.TryOpen(sealedKey, PlaceOf(window), out var key)
        ? key
        : throw new CryptographicException(
            $"The key of window {window.Start} of {window.First} and {window.Second} does not open: its row was changed or moved.");

    private static ColumnPlace PlaceOf(Window window)
    {
        var (first, second) = (window.First.ToByteArray(), window.Second.ToByteArray());
        var start = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(start, window.Start);
        return new ColumnPlace("window_keys", "sealed_key", [(byte)first.Length, .. first, .. second, .. start]);
    }
}
