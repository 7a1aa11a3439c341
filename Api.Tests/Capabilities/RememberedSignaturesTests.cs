using System.Globalization;
using System.Net;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Capabilities.TestCapability;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A signature that was verified is remembered; all else is read anew, so that the very next verify knows it.</summary>
public abstract class RememberedSignaturesTests(DatabaseProvider provider, int remembered) : DatabaseTests(provider)
{
    protected override (string Name, string Value)[] Settings =>
        [("Capabilities:VerifiedSignatures", remembered.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public async Task A_revocation_is_seen_at_once()
    {
        var (capability, _, machine) = await RememberAsync();

        await App.RevokeAsync(capability, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "revoked");
    }

    [Fact]
    public async Task A_disabled_issuer_is_seen_at_once_and_an_enabled_one_too()
    {
        var (capability, _, machine) = await RememberAsync();

        using var disabled = await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "issuer-disabled");
        using var enabled = await App.PatchUserAsync(capability.Issuer.Guid, 1, Ct);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct);
    }

    [Fact]
    public async Task A_disabled_user_is_seen_at_once()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (capability, _, machine) = await RememberAsync(made => made.With("userGuid", Quote(user.Guid)));

        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "user-disabled");
    }

    [Fact]
    public async Task A_deleted_software_is_seen_at_once()
    {
        var (capability, software, machine) = await RememberAsync();

        using var session = App.SessionOf(capability.Issuer.Guid);
        using var deleted = await session.DeleteSoftwareAsync(software, Ct);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "software-unknown");
    }

    [Fact]
    public async Task A_disabled_machine_is_seen_at_once()
    {
        var (capability, _, machine) = await RememberAsync();

        using var disabled = await App.PatchMachineAsync(machine, 0, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "machine-disabled");
    }

    [Fact]
    public async Task A_released_seat_is_seen_at_once()
    {
        var (capability, _, machine) = await RememberAsync();

        await App.ReleaseAsync(capability, machine, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "machine-not-activated");
    }

    [Fact]
    public async Task A_revoked_key_is_seen_at_once()
    {
        var (capability, _, machine) = await RememberAsync();

        await App.RotateAsync(capability.Issuer, capability.Issuer.With(TestKey.Make(SigningKeyKind.Ed25519)), Ct, revokeOld: true);

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "signature-invalid");
    }

    [Fact]
    public async Task The_end_is_seen_at_once()
    {
        var end = App.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        var (capability, _, machine) = await RememberAsync(made => made.With("notAfter", end));

        App.Clock.Advance(TimeSpan.FromMinutes(1));

        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, "expired");
    }

    [Fact]
    public async Task Another_signature_of_the_same_content_is_checked_on_its_own()
    {
        var capability = (await App.NewCapabilityAsync(Ct, SigningKeyKind.Rsa)).With(SignatureAlgorithm.PS256);
        var again = capability.With(SignatureAlgorithm.PS256);
        Assert.NotEqual(capability.Signature, again.Signature);
        var forged = capability.Signature.ToArray();
        forged[0] ^= 1;

        await App.AssertVerifiesAsync(capability.JsonWith(forged), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.Json, Ct);
        await App.AssertVerifiesAsync(capability.JsonWith(forged), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.JsonNaming("RS256"), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.JsonNaming("EdDSA"), Ct, "algorithm-mismatch");
        await App.AssertVerifiesAsync(capability.JsonWith([.. capability.Signature, 0]), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.JsonWith(capability.Signature[..^1]), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(again.Json, Ct);
        await App.AssertVerifiesAsync(capability.Json, Ct);
        await App.AssertVerifiesAsync(capability.With(SignatureAlgorithm.RS256).Json, Ct);
    }

    [Fact]
    public async Task The_same_signature_of_another_content_is_checked_on_its_own()
    {
        var (capability, _, _) = await RememberAsync();
        var other = capability.With("machines", "1000000");

        await App.AssertVerifiesAsync(other.JsonWith(capability.Signature), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(other.Json, Ct);
        await App.AssertVerifiesAsync(capability.JsonWith(other.Signature), Ct, "signature-invalid");
        await App.AssertVerifiesAsync(capability.Json, Ct);
    }

    [Fact]
    public async Task More_capabilities_than_are_remembered_are_verified_all_the_same()
    {
        var (first, _, machine) = await RememberAsync();
        TestCapability[] all = [first, .. Enumerable.Range(2, 4).Select(edition => first.With("edition", $"{edition}"))];

        foreach (var capability in all.Concat(all))
        {
            await App.AssertVerifiesAsync(capability.Json, Ct);
            await App.AssertVerifiesAsync(capability.JsonWith(new byte[64]), Ct, "signature-invalid");
        }

        await App.RevokeAsync(first, Ct);
        await App.AssertVerifiesOnAsync(machine, first.Json, Ct, "revoked");
    }

    [Fact]
    public async Task Many_at_once_see_what_one_sees()
    {
        var (capability, _, machine) = await RememberAsync();
        var forged = capability.JsonWith(new byte[64]);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => i % 2 == 0
            ? App.AssertVerifiesOnAsync(machine, capability.Json, Ct)
            : App.AssertVerifiesOnAsync(machine, forged, Ct, "signature-invalid")));
    }

    /// <summary>A capability that is valid on a machine, and was verified twice.</summary>
    private async Task<(TestCapability Capability, string Software, string Machine)> RememberAsync(Func<TestCapability, TestCapability>? change = null)
    {
        var (issuer, software) = await App.IssuerAsync(Ct);
        var capability = (change ?? (made => made))(Of(issuer, software));
        var (machine, _) = await App.RegisterAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct);
        return (capability, software, machine);
    }

    public sealed class OnSqlite() : RememberedSignaturesTests(DatabaseProvider.Sqlite, 10_000);

    public sealed class OnPostgres() : RememberedSignaturesTests(DatabaseProvider.Postgres, 10_000);

    public sealed class OfOneCapability() : RememberedSignaturesTests(DatabaseProvider.Sqlite, 1);

    public sealed class OfNone() : RememberedSignaturesTests(DatabaseProvider.Sqlite, 0);
}
