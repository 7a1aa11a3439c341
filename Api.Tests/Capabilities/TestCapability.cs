using System.Security.Cryptography;
using System.Text;
using Repository.Api.Tests.Domain;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A capability file as its issuer's program makes it. Changes give another file, signed afresh unless they say otherwise.</summary>
internal sealed class TestCapability
{
    private readonly (string Name, string Value)[] _members;
    private readonly Lazy<byte[]> _signature;

    private TestCapability(TestUser issuer, (string Name, string Value)[] members, SignatureAlgorithm algorithm)
    {
        Issuer = issuer;
        Algorithm = algorithm;
        _members = members;
        _signature = new Lazy<byte[]>(() => issuer.Sign(algorithm, SignedBytes));
    }

    /// <summary>Who signs it.</summary>
    public TestUser Issuer { get; }

    public SignatureAlgorithm Algorithm { get; }

    /// <summary>The text of the member <c>content</c>.</summary>
    public string Content => $"{{{string.Join(',', _members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";

    /// <summary>The capability's name, computed as its issuer does. The content must be well-formed.</summary>
    public string Guid => Convert.ToHexStringLower(ContentHash);

    /// <summary>What the issuer signs.</summary>
    public byte[] SignedBytes => [.. "repository-capability-v1\0"u8, .. ContentHash];

    /// <summary>Made once: some algorithms never give the same twice.</summary>
    public byte[] Signature => _signature.Value;

    /// <summary>The file's text.</summary>
    public string Json => JsonWith(Signature);

    public byte[] Bytes => Encoding.UTF8.GetBytes(Json);

    private byte[] ContentHash => SHA256.HashData(Encoding.UTF8.GetBytes(Canonical.Of(Content)));

    /// <summary>A capability of one seat, for anyone and for ever, by the key's own algorithm.</summary>
    public static TestCapability Of(TestUser issuer, string softwareGuid) => new(
        issuer,
        [("issuerGuid", Quote(issuer.Guid)), ("softwareGuid", Quote(softwareGuid))],
        issuer.Key.ProofAlgorithm);

    /// <summary>A file from its parts, whatever they say.</summary>
    public static string FileOf(string content, string algorithm, string signature) =>
        $$$"""{"content":{{{content}}},"verification":{"algorithm":"{{{algorithm}}}","signature":"{{{signature}}}"}}""";

    public static string Quote(string text) => $"\"{text}\"";

    /// <summary>With a member of the content, in the place of the one with that name or at the end; the value is raw JSON.</summary>
    public TestCapability With(string name, string value)
    {
        var at = Array.FindIndex(_members, member => string.Equals(member.Name, name, StringComparison.Ordinal));
        (string Name, string Value)[] members = [.. _members];
        if (at < 0)
        {
            return new TestCapability(Issuer, [.. members, (name, value)], Algorithm);
        }

        members[at].Value = value;
        return new TestCapability(Issuer, members, Algorithm);
    }

    public TestCapability With(string name, DateTimeOffset date) =>
        With(name, Quote(date.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>By another algorithm of the issuer's key.</summary>
    public TestCapability With(SignatureAlgorithm algorithm) => new(Issuer, _members, algorithm);

    /// <summary>The same content, signed with another's key by that key's own algorithm.</summary>
    public TestCapability SignedBy(TestUser signer) => new(signer, _members, signer.Key.ProofAlgorithm);

    /// <summary>The file's text with another signature in it.</summary>
    public string JsonWith(byte[] signature) => FileOf(Content, Algorithm.ToString(), Convert.ToBase64String(signature));

    /// <summary>The file's text with the signature as it is, and another algorithm named.</summary>
    public string JsonNaming(string algorithm) => FileOf(Content, algorithm, Convert.ToBase64String(Signature));

    /// <summary>The file's text with the signature as it is, and another content, or another spelling of it.</summary>
    public string JsonSpelling(string content) => FileOf(content, Algorithm.ToString(), Convert.ToBase64String(Signature));
}
