using System.Runtime.InteropServices;
using System.Text.Json;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>How a capability file is signed: its member <c>verification</c>, of exactly two members.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CapabilityVerification(SignatureAlgorithm Algorithm, byte[] Signature)
{
    /// <summary>In bytes: the signature of an RSA key of 8,192 bits, the longest that is registered.</summary>
    private const int MaxSignatureSize = 1024;

    /// <summary>Reads the member's value in canonical form; the flaw is null when there is none.</summary>
    public static string? Read(ref Utf8JsonReader json, out CapabilityVerification verification)
    {
        const string Members = "verification must be an object of two members, algorithm and signature.";

        verification = default;
        if (json.TokenType != JsonTokenType.StartObject || !CapabilityJson.TryReadMember(ref json, "algorithm"u8))
        {
            return Members;
        }

        if (json.TokenType != JsonTokenType.String || !TryName(json.ValueSpan, out var algorithm))
        {
            return "verification.algorithm must be EdDSA, RS256, PS256 or ES256.";
        }

        if (!CapabilityJson.TryReadMember(ref json, "signature"u8))
        {
            return Members;
        }

        if (json.TokenType != JsonTokenType.String || !StrictBase64.TryDecodeUpTo(json.ValueSpan, MaxSignatureSize, out var signature))
        {
            return "verification.signature must be base64, with padding, of 1 to 1,024 bytes.";
        }

        verification = new CapabilityVerification(algorithm, signature);
        return CapabilityJson.TryReadEnd(ref json) ? null : Members;
    }

    private static bool TryName(ReadOnlySpan<byte> name, out SignatureAlgorithm algorithm)
    {
        algorithm = name.SequenceEqual("EdDSA"u8) ? SignatureAlgorithm.EdDSA
            : name.SequenceEqual("RS256"u8) ? SignatureAlgorithm.RS256
            : name.SequenceEqual("PS256"u8) ? SignatureAlgorithm.PS256
            : name.SequenceEqual("ES256"u8) ? SignatureAlgorithm.ES256
            : default;
        return algorithm != default;
    }
}
