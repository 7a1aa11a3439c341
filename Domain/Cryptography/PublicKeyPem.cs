using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>PEM (RFC 7468) around one public key: read from strangers, and written in one way only.</summary>
internal static class PublicKeyPem
{
    /// <summary>
    /// In characters. The longest key is RSA of 8192 bits with an exponent of 64: 1,068 bytes of DER, 1,499 characters as OpenSSL writes them.
    /// The rest is for those who write shorter lines.
    /// </summary>
    public const int MaxLength = 4096;

    public const string SpkiLabel = "PUBLIC KEY";

    public const string Pkcs1Label = "RSA PUBLIC KEY";

    /// <summary>What Go programs write that leave <c>pem.Block.Type</c> out: <c>-----BEGIN -----</c>.</summary>
    public const string EmptyLabel = "";

    private const string WhiteSpace = " \t\r\n";

    /// <summary>Takes the only block out of its text. What the bytes are is not looked at.</summary>
    public static bool TryDecode(string? text, out string label, out byte[] der)
    {
        label = EmptyLabel;
        der = [];
        if (text is null || text.Length > MaxLength || !PemEncoding.TryFind(text, out var block))
        {
            return false;
        }

        // Explanatory text, which the RFC allows, could hold a second key: which of them is meant would be a guess.
        if (!IsBlank(text.AsSpan()[..block.Location.Start]) || !IsBlank(text.AsSpan()[block.Location.End..]))
        {
            return false;
        }

        label = text[block.Label];
        der = new byte[block.DecodedDataLength];
        return Convert.TryFromBase64Chars(text.AsSpan()[block.Base64Data], der, out var written) && written == der.Length;
    }

    /// <summary>As OpenSSL and Go write it: lines of 64 characters, each ended by a line feed, the last too.</summary>
    public static string Encode(ReadOnlySpan<byte> spki) => PemEncoding.WriteString(SpkiLabel, spki) + '\n';

    private static bool IsBlank(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(WhiteSpace);
}
