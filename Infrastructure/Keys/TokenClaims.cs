using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Domain.Capabilities;

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

    /// <summary><c>cap</c>: the capability whose seat is held; only in activations.</summary>
    public CapabilityGuid? Capability { get; init; }

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
            if (Capability is { } capability)
            {
                json.WriteString("cap", capability.ToString());
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
