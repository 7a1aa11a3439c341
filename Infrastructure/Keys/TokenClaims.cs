using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Domain.Capabilities;
using Repository.Domain.Sessions;

namespace Repository.Infrastructure.Keys;

/// <summary>What a token says (design/formats.md, JWTs). Dates are whole seconds, cut and never rounded up.</summary>
internal sealed class TokenClaims
{
    private const int TokenIdBytes = 16;

    /// <summary><c>iss</c>: this deployment.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>sub</c>: what the token is about.</summary>
    public required string Subject { get; init; }

    /// <summary><c>aud</c>: whom it is for.</summary>
    public required string Audience { get; init; }

    /// <summary><c>iat</c>: the timecode, in Unix seconds.</summary>
    public required long Timecode { get; init; }

    /// <summary><c>nbf</c>: the true time of issue.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary><c>exp</c>: the first second at which it is not good any more.</summary>
    public required DateTimeOffset ExpiresDate { get; init; }

    /// <summary><c>sid</c>: the session; only in a session's token, which is a credential by it.</summary>
    public SessionId? Session { get; init; }

    /// <summary><c>cap</c>: the capability whose seat is held; only in activations.</summary>
    public CapabilityGuid? Capability { get; init; }

    /// <summary>What a time token answers to; null where there is none.</summary>
    public string? Nonce { get; init; }

    /// <summary>The first second of the timecode's window; only in time tokens.</summary>
    public long? WindowStart { get; init; }

    /// <summary>What a resource says in its own name: an object without any member that stands here by itself; null where there is none.</summary>
    public JsonElement? OwnClaims { get; init; }

    /// <summary><c>jti</c>: 128 random bits.</summary>
    public string TokenId { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenIdBytes));

    /// <summary>The payload.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("sub", Subject);
            json.WriteString("aud", Audience);
            json.WriteNumber("iat", Timecode);
            json.WriteNumber("nbf", NotBefore.ToUnixTimeSeconds());
            json.WriteNumber("exp", ExpiresDate.ToUnixTimeSeconds());
            json.WriteString("jti", TokenId);
            WriteOptional(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteOptional(Utf8JsonWriter json)
    {
        if (Session is { } session)
        {
            json.WriteString("sid", session.ToString());
        }

        if (Capability is { } capability)
        {
            json.WriteString("cap", capability.ToString());
        }

        if (Nonce is { } nonce)
        {
            json.WriteString("nonce", nonce);
        }

        if (WindowStart is { } windowStart)
        {
            json.WriteNumber("windowStart", windowStart);
        }

        foreach (var claim in OwnClaims?.EnumerateObject() ?? default)
        {
            claim.WriteTo(json);
        }
    }
}
