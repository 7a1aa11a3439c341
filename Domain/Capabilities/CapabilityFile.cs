using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>
/// A capability as its issuer signed it, read to the letter of design/formats.md, Capability file. Whether the signature is
/// genuine, and the capability in force, is for others to say.
/// <code>
/// file        := { "content": { … }, "verification": { "algorithm", "signature" } }
/// signedBytes := "repository-capability-v1" | 0 (1) | SHA-256(JCS(content)) (32)
/// </code>
/// </summary>
public sealed class CapabilityFile
{
    /// <summary>In bytes, as received.</summary>
    public const int MaxSize = 64 * 1024;

    /// <summary>Of objects and arrays; the outermost object is 1.</summary>
    public const int MaxDepth = 32;

    /// <summary>Seats.</summary>
    public const int MaxMachines = 1_000_000;

    private readonly CapabilityContent _content;
    private readonly CapabilityVerification _verification;
    private readonly byte[] _signedBytes;

    private CapabilityFile(CapabilityContent content, CapabilityVerification verification, ReadOnlySpan<byte> canonicalContent)
    {
        (_content, _verification) = (content, verification);
        _signedBytes = new byte[Label.Length + SHA256.HashSizeInBytes];
        Label.CopyTo(_signedBytes);
        var hash = _signedBytes.AsSpan(Label.Length);
        _ = SHA256.HashData(canonicalContent, hash);
        CapabilityGuid = CapabilityGuid.Load(hash);
    }

    /// <summary>The same for every spelling of one content, whoever signed it.</summary>
    public CapabilityGuid CapabilityGuid { get; }

    public HashIdentifier IssuerGuid => _content.IssuerGuid;

    public HashIdentifier SoftwareGuid => _content.SoftwareGuid;

    /// <summary>The only user that may have it; null when anyone may.</summary>
    public HashIdentifier? UserGuid => _content.UserGuid;

    /// <summary>Seats, from 1 to <see cref="MaxMachines"/>.</summary>
    public int Machines => _content.Machines;

    /// <summary>In force from here on, in UTC; null when always.</summary>
    public DateTimeOffset? NotBefore => _content.NotBefore;

    /// <summary>In force until just before, in UTC; null when forever. It may lie before <see cref="NotBefore"/>.</summary>
    public DateTimeOffset? NotAfter => _content.NotAfter;

    public SignatureAlgorithm Algorithm => _verification.Algorithm;

    /// <summary>1 to 1,024 bytes, not verified.</summary>
    public ReadOnlyMemory<byte> Signature => _verification.Signature;

    /// <summary>What <see cref="Signature"/> has to sign: 57 bytes.</summary>
    public ReadOnlySpan<byte> SignedBytes => _signedBytes;

    private static ReadOnlySpan<byte> Label => "repository-capability-v1\0"u8;

    /// <summary>Reads a stranger's file. Never throws.</summary>
    /// <param name="file">UTF-8, as received.</param>
    /// <param name="capability">The capability, or null.</param>
    /// <param name="flaw">What its issuer's developer has to change: a sentence that quotes nothing of the file. Null when there is nothing.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> file,
        [NotNullWhen(true)] out CapabilityFile? capability,
        [NotNullWhen(false)] out string? flaw)
    {
        capability = null;
        if (file.Length > MaxSize)
        {
            flaw = "The file must be at most 65,536 bytes.";
            return false;
        }

        using var canonical = new PooledBuffer(file.Length);
        if (!CanonicalJson.TryWrite(file, MaxDepth, canonical, out flaw))
        {
            return false;
        }

        flaw = Read(canonical.WrittenSpan, out capability);
        return capability is not null;
    }

    /// <summary>Reads the canonical form: no name is there twice, and what must be there stands in alphabetical order.</summary>
    private static string? Read(ReadOnlySpan<byte> canonical, out CapabilityFile? capability)
    {
        const string Members = "The file must be an object of two members, content and verification.";

        capability = null;
        var json = new Utf8JsonReader(canonical);
        _ = json.Read();
        if (json.TokenType != JsonTokenType.StartObject || !CapabilityJson.TryReadMember(ref json, "content"u8))
        {
            return Members;
        }

        var start = (int)json.TokenStartIndex;
        if (CapabilityContent.Read(ref json, out var content) is { } contentFlaw)
        {
            return contentFlaw;
        }

        var canonicalContent = canonical[start..(int)json.BytesConsumed];
        if (!CapabilityJson.TryReadMember(ref json, "verification"u8))
        {
            return Members;
        }

        if (CapabilityVerification.Read(ref json, out var verification) is { } verificationFlaw)
        {
            return verificationFlaw;
        }

        if (!CapabilityJson.TryReadEnd(ref json))
        {
            return Members;
        }

        capability = new CapabilityFile(content, verification, canonicalContent);
        return null;
    }
}
