namespace Repository.Domain.Cryptography;

/// <summary>The 32 bytes of an X25519 public key (RFC 7748).</summary>
internal static class X25519Coordinate
{
    /// <summary>
    /// Whether the coordinate is below 2^255 - 19. RFC 7748 has implementations reduce larger ones and drop the highest bit, so a key would have
    /// several spellings, and with them several hashes and several boxes that are one.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> coordinate)
    {
        const byte lowestOfPrime = 0xed; // 2^255 - 19 is ed ff … ff 7f, lowest byte first.
        return coordinate[^1] < 0x7f
            || (coordinate[^1] == 0x7f && (coordinate[1..^1].ContainsAnyExcept((byte)0xff) || coordinate[0] < lowestOfPrime));
    }
}
