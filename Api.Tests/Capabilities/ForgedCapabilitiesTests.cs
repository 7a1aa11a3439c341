using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Repository.Api.Tests.Domain;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using static Repository.Api.Tests.Capabilities.TestCapability;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What someone tries who has a file and not its issuer's private key.</summary>
public sealed class ForgedCapabilitiesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    /// <summary>The order of Ed25519's group, RFC 8032, section 5.1.</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", provider: null);

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SigningKeyKind.Ed25519, SignatureAlgorithm.EdDSA, 1)]
    [InlineData(SigningKeyKind.P256, SignatureAlgorithm.ES256, 1)]
    [InlineData(SigningKeyKind.Rsa, SignatureAlgorithm.RS256, 9)] // A bit of each byte: nine and eight have no common factor.
    [InlineData(SigningKeyKind.Rsa, SignatureAlgorithm.PS256, 9)]
    public async Task A_signature_with_a_bit_flipped_is_invalid(SigningKeyKind kind, SignatureAlgorithm algorithm, int step)
    {
        var capability = (await App.NewCapabilityAsync(Ct, kind)).With(algorithm);
        var signature = capability.Signature.ToArray();
        for (var bit = 0; bit < signature.Length * 8; bit += step)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            await App.AssertVerifiesAsync(capability.JsonWith(signature), Ct, "signature-invalid");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        await App.AssertVerifiesAsync(capability.JsonWith(signature), Ct);
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa)]
    public async Task A_signature_of_another_length_is_invalid(SigningKeyKind kind)
    {
        var capability = await App.NewCapabilityAsync(Ct, kind);
        var signature = capability.Signature;
        byte[][] others =
        [
            [0], signature[..1], signature[1..], signature[..^1], [.. signature, 0], [0, .. signature], [.. signature, .. signature],
            [.. new byte[signature.Length]], new byte[1024],
        ];

        foreach (var other in others)
        {
            await App.AssertVerifiesAsync(capability.JsonWith(other), Ct, "signature-invalid");
        }
    }

    [Fact]
    public async Task A_signature_counts_only_under_its_own_algorithm_and_key()
    {
        SignatureAlgorithm[] algorithms = [SignatureAlgorithm.EdDSA, SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256];
        foreach (var kind in Enum.GetValues<SigningKeyKind>())
        {
            var capability = await App.NewCapabilityAsync(Ct, kind);
            foreach (var made in algorithms)
            {
                var signer = KindOf(made) == kind ? capability.Issuer : await App.RegisterUserAsync(Ct, KindOf(made));
                var signature = Convert.ToBase64String(signer.Sign(made, capability.SignedBytes));
                foreach (var named in algorithms)
                {
                    string[] reasons = KindOf(named) != kind ? ["algorithm-mismatch"] : named != made ? ["signature-invalid"] : [];
                    await App.AssertVerifiesAsync(FileOf(capability.Content, named.ToString(), signature), Ct, reasons);
                }
            }
        }
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.Rsa)]
    public async Task A_signature_of_another_registered_issuer_is_invalid(SigningKeyKind kind)
    {
        var capability = await App.NewCapabilityAsync(Ct, kind);
        var (other, software) = await App.IssuerAsync(Ct, kind);

        await App.AssertVerifiesAsync(capability.SignedBy(other).Json, Ct, "signature-invalid");
        await App.AssertVerifiesAsync(
            capability.With("issuerGuid", Quote(other.Guid)).JsonWith(capability.Signature),
            Ct,
            "signature-invalid",
            "software-not-of-issuer");
        await App.AssertVerifiesAsync(
            Of(other, software).JsonWith(capability.Signature),
            Ct,
            "signature-invalid");
    }

    [Fact]
    public async Task An_ECDSA_signature_in_DER_is_invalid()
    {
        var capability = await App.NewCapabilityAsync(Ct, SigningKeyKind.P256);

        await App.AssertVerifiesAsync(capability.JsonWith(capability.Issuer.Key.SignAsDer(capability.SignedBytes)), Ct, "signature-invalid");
    }

    /// <summary>s + L gives the same point: without the check anyone could make a second signature from the first.</summary>
    [Fact]
    public async Task An_Ed25519_signature_whose_s_is_not_below_the_order_is_invalid()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var s = new BigInteger(capability.Signature.AsSpan(32), isUnsigned: true);
        for (var larger = s + Order; larger.GetByteCount(isUnsigned: true) <= 32; larger += Order)
        {
            byte[] signature = [.. capability.Signature[..32], .. larger.ToByteArray(isUnsigned: true)];
            Array.Resize(ref signature, 64);
            await App.AssertVerifiesAsync(capability.JsonWith(signature), Ct, "signature-invalid");
        }
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    public async Task A_signature_over_anything_else_is_invalid(SigningKeyKind kind)
    {
        var capability = await App.NewCapabilityAsync(Ct, kind);
        var hash = Convert.FromHexString(capability.Guid);
        byte[][] others =
        [
            hash,
            Encoding.ASCII.GetBytes(capability.Guid),
            Encoding.UTF8.GetBytes(capability.Content),
            Encoding.UTF8.GetBytes(Canonical.Of(capability.Content)),
            SHA256.HashData(capability.SignedBytes),
            [.. "repository-capability-v1"u8, .. hash],
            [.. "repository-capability-v2\0"u8, .. hash],
            [.. "repository-user-v1\0"u8, .. hash],
            [.. capability.SignedBytes, 0],
            capability.SignedBytes[..^1],
            capability.Issuer.ProofBytes("repository-user-v1"),
            capability.Issuer.ProofBytes("repository-rotate-v1"),
            [],
        ];

        foreach (var other in others)
        {
            await App.AssertVerifiesAsync(capability.JsonWith(capability.Issuer.Key.Sign(other)), Ct, "signature-invalid");
        }
    }

    [Theory]
    [InlineData("userGuid", "null")]
    [InlineData("userGuid", "\"00000000000000000000000000000000\"", "user-unknown")]
    [InlineData("machines", "null")]
    [InlineData("machines", "3")]
    [InlineData("machines", "1000000")]
    [InlineData("notBefore", "null")]
    [InlineData("notBefore", "\"2026-11-01T00:00:00.0Z\"")] // The same moment, in other words.
    [InlineData("notAfter", "null")]
    [InlineData("notAfter", "\"2027-11-01T00:00:00.0000001Z\"")]
    [InlineData("features", "null")]
    [InlineData("features", "{}")]
    [InlineData("features", """{"colour":"blue","doors":5}""")]
    [InlineData("features", """{"Colour":"red","doors":5}""")]
    [InlineData("features", """{"colour":"red","doors":"5"}""")]
    [InlineData("features", """{"colour":"red","doors":5.0000000000000001e-1}""")]
    [InlineData("features", """{"colour":"red","doors":5,"more":null}""")]
    [InlineData("features", """[{"colour":"red","doors":5}]""")]
    [InlineData("feature", "null")]
    [InlineData("", "null")]
    public async Task Any_other_content_is_another_capability_and_not_signed(string member, string value, string? other = null)
    {
        var user = await App.RegisterUserAsync(Ct);
        var capability = (await App.NewCapabilityAsync(Ct))
            .With("userGuid", Quote(user.Guid))
            .With("machines", "2")
            .With("notBefore", "\"2026-11-01T00:00:00Z\"")
            .With("notAfter", "\"2027-11-01T00:00:00Z\"")
            .With("features", """{"colour":"red","doors":5}""");
        await App.AssertVerifiesAsync(capability.Json, Ct);
        var changed = capability.With(member, value);

        string[] reasons = other is null ? ["signature-invalid"] : ["signature-invalid", other];
        var answer = await App.AssertVerifiesAsync(changed.JsonWith(capability.Signature), Ct, reasons);

        Assert.NotEqual(capability.Guid, changed.Guid);
        Assert.Equal(changed.Guid, answer.GetProperty("capabilityGuid").GetString());
    }

    private static SigningKeyKind KindOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EdDSA => SigningKeyKind.Ed25519,
        SignatureAlgorithm.ES256 => SigningKeyKind.P256,
        _ => SigningKeyKind.Rsa,
    };
}
