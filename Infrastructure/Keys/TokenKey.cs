using System.Buffers.Text;
using System.Security.Cryptography;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// A signing key as it is used: published, and while it can sign with its private key. It prints its <see cref="Kid"/> only.
/// </summary>
/// <remarks>
/// Keys are never disposed of: one that left the schedule may be in the middle of a signature, and its handle is closed when the last
/// user lets go of it.
/// </remarks>
internal sealed class TokenKey
{
    /// <param name="row">Where the key comes from.</param>
    /// <param name="algorithm">The key pair, or the public key alone.</param>
    /// <param name="canSign">Whether it holds the private key.</param>
    public TokenKey(SigningKey row, ECDsa algorithm, bool canSign)
    {
        Row = row;
        var point = algorithm.ExportParameters(includePrivateParameters: false).Q;
        X = Base64Url.EncodeToString(point.X);
        Y = Base64Url.EncodeToString(point.Y);
        Kid = ThumbprintOf(X, Y);
        Algorithm = algorithm;
        CanSign = canSign;
    }

    /// <summary>What the table holds of it.</summary>
    public SigningKey Row { get; }

    public long Sequence => Row.Sequence;

    /// <summary>From when on it signs.</summary>
    public DateTimeOffset ActiveDate => Row.ActiveDate;

    /// <summary>Its JWK thumbprint (RFC 7638), by which tokens name it.</summary>
    public string Kid { get; }

    /// <summary>The point's coordinates, 32 bytes each in base64url, as a JWK has them.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    /// <summary>
    /// Makes and checks signatures. Callers share it at once: nothing changes the key any more, OpenSSL lets threads share such a one,
    /// and the base library keeps no state of a signature beside it.
    /// </summary>
    public ECDsa Algorithm { get; }

    /// <summary>Whether the private key is there: until the next key signs.</summary>
    public bool CanSign { get; }

    public override string ToString() => Kid;

    /// <summary>RFC 7638, section 3: the required members in lexicographic order, without white space. Base64url needs no escapes.</summary>
    private static string ThumbprintOf(string x, string y) => Base64Url.EncodeToString(SHA256.HashData(
        System.Text.Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
}
