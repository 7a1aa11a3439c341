using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Tests.Keys;

/// <summary>What one who signs does, and one who checks tokens with nothing but the JWKS.</summary>
internal static class SigningCalls
{
    public const string Jwks = "/.well-known/jwks.json";

    public const string Subject = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

    private static readonly JsonWebTokenHandler Handler = new();

    extension(RepositoryApp app)
    {
        public string Issuer => app.Services.GetRequiredService<IssuerName>().Value;

        /// <summary>The JWKS as text.</summary>
        public async Task<string> JwksAsync(CancellationToken ct)
        {
            using var answer = await app.Anonymous.GetAsync(Jwks, ct);
            await answer.IsAsync(HttpStatusCode.OK, ct);
            return await answer.Content.ReadAsStringAsync(ct);
        }

        /// <summary>The names of the published keys, in order.</summary>
        public async Task<List<string>> KidsAsync(CancellationToken ct) =>
        [
            .. JsonElement.Parse(await app.JwksAsync(ct)).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!),
        ];

        /// <summary>A token that is good for 60 days.</summary>
        public async Task<string> SignAsync(CancellationToken ct)
        {
            var now = app.Clock.GetUtcNow();
            var claims = new TokenClaims
            {
                Issuer = app.Issuer,
                Subject = Subject,
                Audience = app.Issuer,
                Timecode = now.ToUnixTimeSeconds(),
                NotBefore = now,
                ExpiresDate = now.AddDays(60),
            };
            return await app.Services.GetRequiredService<TokenSigner>().SignAsync(claims, ct);
        }

        /// <summary>What standard middleware says of a token, given the JWKS and this server's clock.</summary>
        public async Task<TokenValidationResult> ValidateAsync(string token, string jwks)
        {
            var now = app.Clock.GetUtcNow().UtcDateTime;
            return await Handler.ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidIssuer = app.Issuer,
                ValidAudience = app.Issuer,
                ValidAlgorithms = ["ES256"],
                ValidTypes = ["JWT"],
                IssuerSigningKeys = JsonWebKeySet.Create(jwks).GetSigningKeys(),
                LifetimeValidator = (notBefore, expires, _, _) => notBefore <= now && now < expires,
            });
        }

        /// <summary>The token is good, by the keys that are published now.</summary>
        public async Task AssertVerifiesAsync(string token, CancellationToken ct)
        {
            var result = await app.ValidateAsync(token, await app.JwksAsync(ct));
            Assert.True(result.IsValid, result.Exception?.ToString());
        }
    }

    /// <summary>The key that a token names.</summary>
    public static string KidOf(string token) => new JsonWebToken(token).Kid;
}
