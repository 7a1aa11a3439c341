using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Repository.Domain.Cluster;

/// <summary>
/// A join token as its holder has it: it admits one node, once. The server keeps its hash; it prints nothing of itself.
/// <code>rjt_ | secret (base64url of 32 bytes, 43 characters)</code>
/// </summary>
public sealed class PlainJoinToken
{
    /// <summary>What every join token begins with.</summary>
    public const string Prefix = "rjt_";

    private const int SecretBytes = 32;
    private const int Characters = 4 + 43;

    private readonly byte[] _secret;

    private PlainJoinToken(byte[] secret) => _secret = secret;

    /// <summary>What is kept of it. A plain hash is enough: nobody guesses 256 random bits.</summary>
    public byte[] Hash => SHA256.HashData(_secret);

    /// <summary>Draws a new one.</summary>
    public static PlainJoinToken Draw() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a stranger's text; anything but the one spelling of a token is false.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PlainJoinToken? token)
    {
        token = null;
        var secret = new byte[SecretBytes];
        if (text.Length != Characters
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base64Url.IsValid(text.AsSpan(Prefix.Length))
            || !Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), secret, out var size)
            || size != SecretBytes)
        {
            return false;
        }

        // The decoder ignores stray bits: only the text that encoding gives back is a token.
        var read = new PlainJoinToken(secret);
        token = string.Equals(read.Reveal(), text, StringComparison.Ordinal) ? read : null;
        return token is not null;
    }

    /// <summary>The token in full, for the one answer that shows it.</summary>
    public string Reveal() => Prefix + Base64Url.EncodeToString(_secret);

    public override string ToString() => nameof(PlainJoinToken);
}
