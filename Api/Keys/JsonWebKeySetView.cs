using Repository.Infrastructure.Keys;

namespace Repository.Api.Keys;

/// <summary>The public keys of this deployment's tokens (RFC 7517).</summary>
/// <param name="Keys">Those that will sign, the one that does, and those whose tokens may still be about.</param>
public sealed record JsonWebKeySetView(IReadOnlyList<JsonWebKeyView> Keys)
{
    internal static JsonWebKeySetView Of(TokenKeySet keys) =>
        new([.. keys.Published.Select(static key => new JsonWebKeyView("EC", "P-256", key.X, key.Y, "sig", "ES256", key.Kid))]);
}

/// <summary>A public key.</summary>
/// <param name="Kty">The key's type: <c>EC</c>.</param>
/// <param name="Crv">The curve: <c>P-256</c>.</param>
/// <param name="X">The point's first coordinate, 32 bytes in base64url.</param>
/// <param name="Y">The point's second coordinate, 32 bytes in base64url.</param>
/// <param name="Use">What it is for: <c>sig</c>.</param>
/// <param name="Alg">The algorithm: <c>ES256</c>.</param>
/// <param name="Kid">The key's thumbprint (RFC 7638), by which tokens name it.</param>
public sealed record JsonWebKeyView(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid);
