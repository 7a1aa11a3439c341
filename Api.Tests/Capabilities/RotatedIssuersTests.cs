using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Which of an issuer's keys count, with and without the signature being remembered.</summary>
public abstract class RotatedIssuersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData(SigningKeyKind.Ed25519, SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Ed25519, SigningKeyKind.P256)]
    [InlineData(SigningKeyKind.P256, SigningKeyKind.Rsa)]
    public async Task What_the_old_key_signed_stays_valid(SigningKeyKind old, SigningKeyKind present)
    {
        var capability = await App.NewCapabilityAsync(Ct, old);
        var verified = await VerifiedAsync(capability);
        var rotated = capability.Issuer.With(TestKey.Make(present));
        await App.RotateAsync(capability.Issuer, rotated, Ct, revokeOld: false);

        await App.AssertVerifiesAsync(capability.Json, Ct);
        await App.AssertVerifiesAsync(verified.Json, Ct);
        await App.AssertVerifiesAsync(capability.SignedBy(rotated).Json, Ct);
    }

    [Theory]
    [InlineData(SigningKeyKind.Ed25519, SigningKeyKind.Ed25519, "signature-invalid")]
    [InlineData(SigningKeyKind.P256, SigningKeyKind.P256, "signature-invalid")]
    [InlineData(SigningKeyKind.Rsa, SigningKeyKind.Rsa, "signature-invalid")]
    [InlineData(SigningKeyKind.Ed25519, SigningKeyKind.P256, "algorithm-mismatch")]
    [InlineData(SigningKeyKind.P256, SigningKeyKind.Rsa, "algorithm-mismatch")]
    [InlineData(SigningKeyKind.Rsa, SigningKeyKind.Ed25519, "algorithm-mismatch")]
    public async Task What_a_revoked_key_signed_is_not_valid(SigningKeyKind old, SigningKeyKind present, string reason)
    {
        var capability = await App.NewCapabilityAsync(Ct, old);
        var verified = await VerifiedAsync(capability);
        var rotated = capability.Issuer.With(TestKey.Make(present));
        await App.RotateAsync(capability.Issuer, rotated, Ct, revokeOld: true);

        await App.AssertVerifiesAsync(capability.Json, Ct, reason);
        await App.AssertVerifiesAsync(verified.Json, Ct, reason);
        await App.AssertVerifiesAsync(capability.SignedBy(rotated).Json, Ct);
    }

    [Fact]
    public async Task Revoking_a_key_leaves_those_before_it_as_they_are()
    {
        var first = await App.NewCapabilityAsync(Ct);
        var second = first.SignedBy(first.Issuer.With(TestKey.Make(SigningKeyKind.Ed25519)));
        var third = first.SignedBy(first.Issuer.With(TestKey.Make(SigningKeyKind.Ed25519)));
        await App.RotateAsync(first.Issuer, second.Issuer, Ct);
        await App.AssertVerifiesAsync(second.Json, Ct);
        await App.AssertVerifiesAsync(third.Json, Ct, "signature-invalid");
        await App.RotateAsync(second.Issuer, third.Issuer, Ct, revokeOld: true);

        await App.AssertVerifiesAsync(first.Json, Ct);
        await App.AssertVerifiesAsync(second.Json, Ct, "signature-invalid");
        await App.AssertVerifiesAsync(third.Json, Ct);
    }

    [Fact]
    public async Task An_algorithm_fits_as_long_as_one_unrevoked_key_does()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var p256 = capability.SignedBy(capability.Issuer.With(TestKey.Make(SigningKeyKind.P256)));
        await App.AssertVerifiesAsync(p256.Json, Ct, "algorithm-mismatch");

        await App.RotateAsync(capability.Issuer, p256.Issuer, Ct);
        await App.AssertVerifiesAsync(p256.Json, Ct);
        await App.AssertVerifiesAsync(capability.JsonWith(new byte[64]), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(p256.JsonWith(new byte[64]), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(p256.JsonNaming("RS256"), Ct, "algorithm-mismatch");
    }

    /// <summary>Another capability of the same issuer, whose signature the server has verified already.</summary>
    private async Task<TestCapability> VerifiedAsync(TestCapability capability)
    {
        var verified = capability.With("edition", "2");
        await App.AssertVerifiesAsync(verified.Json, Ct);
        return verified;
    }

    public sealed class OnSqlite() : RotatedIssuersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RotatedIssuersTests(DatabaseProvider.Postgres);
}
