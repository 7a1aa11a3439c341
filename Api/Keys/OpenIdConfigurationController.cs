using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.OpenApi;

namespace Repository.Api.Keys;

/// <summary>Where everything is that a program needs to check this deployment's tokens: it has to be told the issuer's address only.</summary>
[Route(".well-known/openid-configuration")]
[ServiceTag("Tokens")]
[AllowAnonymous]
internal sealed class OpenIdConfigurationController : ControllerBase
{
    private const int MaxAgeSeconds = 60;

    /// <summary>Shows where the keys are</summary>
    /// <remarks>
    /// OpenID Connect Discovery 1.0, as far as stock JWT middleware asks for it. There is no authorization endpoint: a session is opened
    /// at <c>/v1/sessions</c>.
    /// </remarks>
    [HttpGet]
    [HttpHead]
    [ProducesResponseType<OpenIdConfigurationView>(StatusCodes.Status200OK)]
    [Refuses]
    public Task<Answer> Get([FromServices] IssuerName issuer, CancellationToken ct)
    {
        Response.Headers.CacheControl = $"public, max-age={MaxAgeSeconds}";
        return Task.FromResult(Answer.Ok(OpenIdConfigurationView.Of(issuer.Value)));
    }
}

/// <summary>This deployment's metadata (OpenID Connect Discovery 1.0, 3; RFC 8414, 2).</summary>
/// <param name="Issuer">The <c>iss</c> of its tokens.</param>
/// <param name="JwksUri">Its public keys.</param>
/// <param name="IntrospectionEndpoint">Tells whether a token counts.</param>
/// <param name="RevocationEndpoint">Revokes a token.</param>
/// <param name="ResponseTypesSupported">None of OAuth's flows is served.</param>
/// <param name="SubjectTypesSupported">Every reader of tokens sees the same <c>sub</c>.</param>
/// <param name="IdTokenSigningAlgValuesSupported">How tokens are signed.</param>
/// <param name="IntrospectionEndpointAuthMethodsSupported">How a caller says who it is.</param>
/// <param name="ClaimsSupported">What tokens may say.</param>
public sealed record OpenIdConfigurationView(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypesSupported,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> IdTokenSigningAlgValuesSupported,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported,
    [property: JsonPropertyName("claims_supported")] IReadOnlyList<string> ClaimsSupported)
{
    private static readonly string[] Claims = ["iss", "sub", "aud", "iat", "nbf", "exp", "jti", "sid", "scope", "cap", "nonce", "windowStart"];

    internal static OpenIdConfigurationView Of(string issuer)
    {
        var address = issuer.TrimEnd('/');
        return new OpenIdConfigurationView(
            issuer,
            $"{address}/.well-known/jwks.json",
            $"{address}/v1/tokens/introspect",
            $"{address}/v1/tokens/revoke",
            ["none"],
            ["public"],
            ["ES256"],
            ["Bearer"],
            Claims);
    }
}
