using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

public sealed class PublishingSigningKeysTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task The_document_is_a_JWKS_of_public_keys()
    {
        using var answer = await App.Anonymous.GetAsync(SigningCalls.Jwks, Ct);

        var document = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal("application/json; charset=utf-8", answer.HeaderOf("Content-Type"));
        Assert.Equal(["keys"], Answers.MembersOf(document));
        var key = Assert.Single(document.GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "crv", "x", "y", "use", "alg", "kid"], key.EnumerateObject().Select(member => member.Name));
        Assert.Equal("EC", key.GetProperty("kty").GetString());
        Assert.Equal("P-256", key.GetProperty("crv").GetString());
        Assert.Equal("sig", key.GetProperty("use").GetString());
        Assert.Equal("ES256", key.GetProperty("alg").GetString());
        Assert.All(["x", "y"], member => Assert.Equal(32, Base64Url.DecodeFromChars(key.GetProperty(member).GetString()).Length));
        Assert.Equal(ThumbprintOf(key), key.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task HEAD_is_answered_without_a_body()
    {
        using var get = await App.Anonymous.GetAsync(SigningCalls.Jwks, Ct);
        using var head = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Head, SigningCalls.Jwks, null, Ct);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        foreach (var header in (string[])["Content-Type", "Content-Length", "Cache-Control"])
        {
            Assert.Equal(get.HeaderOf(header), head.HeaderOf(header));
        }
    }

    [Fact]
    public async Task Another_method_is_refused()
    {
        using var answer = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, SigningCalls.Jwks, "{}", Ct);

        await answer.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed", Ct);
        Assert.Equal("GET, HEAD", answer.HeaderOf("Allow"));
    }

    /// <summary>A document that is kept for half the lead (a tenth of the lifetime) is gone before a newer key signs.</summary>
    [Theory]
    [InlineData("30.00:00:00", "public, max-age=60")]
    [InlineData("00:20:00", "public, max-age=60")]
    [InlineData("00:19:59", "public, max-age=59")]
    [InlineData("00:00:20", "public, max-age=1")]
    [InlineData("00:00:19", "no-cache")]
    [InlineData("00:00:01", "no-cache")]
    public async Task It_may_be_kept_for_half_the_time_that_a_key_is_published_ahead_and_a_minute_at_the_most(string lifetime, string cacheControl)
    {
        await App.RestartAsync(Ct, ("Tokens:SigningKeyLifetime", lifetime));

        using var answer = await App.Anonymous.GetAsync(SigningCalls.Jwks, Ct);

        Assert.Equal(cacheControl, answer.HeaderOf("Cache-Control"));
    }

    /// <summary>RFC 7638, section 3, by the letter.</summary>
    private static string ThumbprintOf(JsonElement key)
    {
        var members = ((string[])["crv", "kty", "x", "y"]).Select(name => $"\"{name}\":\"{key.GetProperty(name).GetString()}\"");
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}")));
    }
}
