using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Repository.Domain.Resources;

/// <summary>
/// A login token as its holder has it. The server keeps the hash of its secret; it prints its source and never its secret.
/// <code>rlt_ | source (32 hex digits) | . | secret (base64url of 32 bytes, 43 characters)</code>
/// </summary>
public sealed class PlainLoginToken
{
    /// <summary>What every login token begins with.</summary>
    public const string Prefix = "rlt_";

    private const int SecretBytes = 32;
    private const int SecretCharacters = 43;
    private const int SecretAt = 4 + SourceId.Digits + 1;

    private readonly byte[] _secret;

    private PlainLoginToken(SourceId source, byte[] secret)
    {
        Source = source;
        _secret = secret;
    }

    public SourceId Source { get; }

    /// <summary>What is kept of the secret. A plain hash is enough: nobody guesses 256 random bits.</summary>
    public byte[] SecretHash => SHA256.HashData(_secret);

    /// <summary>Draws a new one.</summary>
    public static PlainLoginToken Draw() => new(SourceId.Draw(), RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a stranger's text; anything but the one spelling of a token is false.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PlainLoginToken? token)
    {
        token = null;
        var secret = new byte[SecretBytes];
        if (text.Length != SecretAt + SecretCharacters
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[SecretAt - 1] != '.'
            || !SourceId.TryParse(text.AsSpan(Prefix.Length, SourceId.Digits), out var source)
            || !Base64Url.IsValid(text.AsSpan(SecretAt))
            || !Base64Url.TryDecodeFromChars(text.AsSpan(SecretAt), secret, out var size)
            || size != SecretBytes)
        {
            return false;
        }

        // The decoder ignores stray bits: only the text that encoding gives back is a token.
        var read = new PlainLoginToken(source, secret);
        token = string.Equals(read.Reveal(), text, StringComparison.Ordinal) ? read : null;
        return token is not null;
    }

    /// <summary>The token in full, for the one answer that shows it.</summary>
    public string Reveal() => $"{Prefix}{Source}.{Base64Url.EncodeToString(_secret)}";

    public override string ToString() => Source.ToString();
}
