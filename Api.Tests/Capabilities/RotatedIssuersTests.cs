using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Which of an issuer's keys count, with and without the signature being remembered.</summary>
public abstract class RotatedIssuersTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task What_the_old_key_signed_stays_valid()
    {
        await AssertRotatesAsync(SigningKeyKind.Ed25519, SigningKeyKind.Ed25519, revokeOld: false);
        await AssertRotatesAsync(SigningKeyKind.Ed25519, SigningKeyKind.P256, revokeOld: false);
        await AssertRotatesAsync(SigningKeyKind.P256, SigningKeyKind.Rsa, revokeOld: false);
    }

    [Fact]
    public async Task What_a_revoked_key_signed_is_invalid_under_another_of_its_kind()
    {
        await AssertRotatesAsync(SigningKeyKind.Ed25519, SigningKeyKind.Ed25519, revokeOld: true, "signature-invalid");
        await AssertRotatesAsync(SigningKeyKind.P256, SigningKeyKind.P256, revokeOld: true, "signature-invalid");
        await AssertRotatesAsync(SigningKeyKind.Rsa, SigningKeyKind.Rsa, revokeOld: true, "signature-invalid");
    }

    [Fact]
    public async Task What_a_revoked_key_signed_fits_no_key_of_another_kind()
    {
        await AssertRotatesAsync(SigningKeyKind.Ed25519, SigningKeyKind.P256, revokeOld: true, "algorithm-mismatch");
        await AssertRotatesAsync(SigningKeyKind.P256, SigningKeyKind.Rsa, revokeOld: true, "algorithm-mismatch");
        await AssertRotatesAsync(SigningKeyKind.Rsa, SigningKeyKind.Ed25519, revokeOld: true, "algorithm-mismatch");
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

    /// <summary>Rotates a new issuer's key; what the old one signed is then refused for these reasons, and what the new one signs is valid.</summary>
    private async Task AssertRotatesAsync(SigningKeyKind old, SigningKeyKind present, bool revokeOld, params string[] reasons)
    {
        var capability = await App.NewCapabilityAsync(Ct, old);
        var remembered = capability.With("edition", "2");
        await App.AssertVerifiesAsync(remembered.Json, Ct);
        var rotated = capability.Issuer.With(TestKey.Make(present));

        await App.RotateAsync(capability.Issuer, rotated, Ct, revokeOld);

        await App.AssertVerifiesAsync(capability.Json, Ct, reasons);
        await App.AssertVerifiesAsync(remembered.Json, Ct, reasons);
        await App.AssertVerifiesAsync(capability.SignedBy(rotated).Json, Ct);
    }

    public sealed class OnSqlite() : RotatedIssuersTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RotatedIssuersTests(DatabaseProvider.Postgres);
}
