using System.Net;
using System.Reflection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Capabilities;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Capabilities.TestCapability;

namespace Repository.Api.Tests.Capabilities;

public abstract class RefusedCapabilitiesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>In the contract's order.</summary>
    private static readonly string[] Contract =
    [
        "signature-invalid", "algorithm-mismatch", "issuer-unknown", "issuer-disabled", "software-unknown", "software-not-of-issuer",
        "user-unknown", "user-disabled", "not-yet-valid", "expired", "revoked", "machine-unknown", "machine-disabled", "machine-not-activated",
    ];

    /// <summary>Those that the server knows: one that is added and arranged nowhere fails.</summary>
    public static TheoryData<string> Codes =>
        [.. typeof(CapabilityReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(known => ((CapabilityReason)known.GetValue(null)!).Code)];

    private DateTimeOffset Now => App.Clock.GetUtcNow();

    [Fact]
    public void The_reasons_are_those_of_the_contract() => Assert.Equal(Contract, Codes.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_reason_is_given_alone_where_it_alone_applies(string code)
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (machine, _) = await App.RegisterAsync(Ct);
        var (json, asked) = code.StartsWith("machine-", StringComparison.Ordinal)
            ? (capability.Json, await ArrangeMachineAsync(code, capability, machine))
            : (await ArrangeAsync(code, capability), null);

        // Who is not registered has no software either.
        string[] reasons = string.Equals(code, "issuer-unknown", StringComparison.Ordinal) ? [code, "software-not-of-issuer"] : [code];
        await App.AssertVerifiesOnAsync(asked, json, Ct, reasons);
    }

    [Fact]
    public async Task All_reasons_that_apply_are_listed_in_the_contracts_order()
    {
        var (issuer, software) = await App.IssuerAsync(Ct);
        var capability = Of(issuer, software)
            .With("userGuid", Quote(TestUser.NewGuid()))
            .With("notBefore", Now.AddDays(1))
            .With("notAfter", Now.AddDays(-1));
        var (machine, _) = await App.RegisterAsync(Ct);
        await App.RevokeAsync(capability, Ct);
        await DeleteSoftwareAsync(issuer, software);
        using var machineDisabled = await App.PatchMachineAsync(machine, 0, Ct);
        using var issuerDisabled = await App.PatchUserAsync(issuer.Guid, 0, Ct);

        string[] rest = ["issuer-disabled", "software-unknown", "user-unknown", "not-yet-valid", "expired", "revoked"];
        string[] ofMachine = ["machine-disabled", "machine-not-activated"];
        await App.AssertVerifiesAsync(capability.Json, Ct, rest);
        await App.AssertVerifiesOnAsync(machine, capability.Json, Ct, [.. rest, .. ofMachine]);
        await App.AssertVerifiesOnAsync(machine, capability.JsonWith(new byte[64]), Ct, ["signature-invalid", .. rest, .. ofMachine]);
        await App.AssertVerifiesOnAsync(MachineCalls.NewHash(), capability.JsonNaming("PS256"), Ct, ["algorithm-mismatch", .. rest, "machine-unknown"]);
    }

    [Fact]
    public async Task Of_an_unknown_issuer_everything_is_said_but_what_its_signature_is_worth()
    {
        var (_, software) = await App.IssuerAsync(Ct);
        var user = await App.RegisterUserAsync(Ct);
        using var disabled = await App.PatchUserAsync(user.Guid, 0, Ct);
        var capability = Of(TestUser.Make(), software).With("userGuid", Quote(user.Guid)).With("notAfter", Now);

        string[] reasons = ["issuer-unknown", "software-not-of-issuer", "user-disabled", "expired", "machine-unknown"];
        string[] files = [capability.Json, capability.JsonWith(new byte[64]), capability.JsonNaming("RS256")];
        foreach (var json in files)
        {
            await App.AssertVerifiesOnAsync(MachineCalls.NewHash(), json, Ct, reasons);
        }

        await App.AssertVerifiesAsync(Of(TestUser.Make(), SoftwareCalls.NewGuid()).Json, Ct, "issuer-unknown", "software-unknown");
    }

    [Fact]
    public async Task An_issuer_that_is_the_user_too_is_disabled_as_both()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (issuer, own) = (capability.Issuer.Guid, capability.With("userGuid", Quote(capability.Issuer.Guid)));
        await App.AssertVerifiesAsync(own.Json, Ct);

        using var disabled = await App.DisableItselfAsync(issuer, Ct);
        await App.AssertVerifiesAsync(own.Json, Ct, "issuer-disabled", "user-disabled");

        using var enabled = await App.PatchUserAsync(issuer, 1, Ct);
        await App.AssertVerifiesAsync(own.Json, Ct);
    }

    [Fact]
    public async Task A_software_that_its_issuer_deleted_is_unknown_until_it_is_made_again()
    {
        var (issuer, software) = await App.IssuerAsync(Ct);
        var capability = Of(issuer, software);
        await DeleteSoftwareAsync(issuer, software);

        await App.AssertVerifiesAsync(capability.Json, Ct, "software-unknown");

        using var again = await App.PostSoftwareAsync(issuer.Guid, software, Ct);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        await App.AssertVerifiesAsync(capability.Json, Ct);
    }

    [Fact]
    public async Task A_software_that_another_issuer_deleted_is_unknown_too()
    {
        var (other, software) = await App.IssuerAsync(Ct);
        await DeleteSoftwareAsync(other, software);

        await App.AssertVerifiesAsync(Of(await App.RegisterUserAsync(Ct), software).Json, Ct, "software-unknown");
    }

    [Fact]
    public async Task A_revocation_counts_only_for_files_of_the_issuer_that_it_names()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var stranger = await App.RegisterUserAsync(Ct);
        using var session = App.SessionOf(stranger.Guid);
        using var answer = await session.PostRevocationAsync(capability.Guid, $$"""{"issuerGuid":"{{stranger.Guid}}"}""", Ct);
        await answer.IsAsync(HttpStatusCode.OK, Ct);

        await App.AssertVerifiesAsync(capability.Json, Ct);
    }

    private async Task<string> ArrangeAsync(string code, TestCapability capability)
    {
        switch (code)
        {
            case "signature-invalid":
                return capability.JsonWith([.. capability.Signature[..^1], (byte)(capability.Signature[^1] ^ 1)]);
            case "algorithm-mismatch":
                return capability.JsonNaming("ES256");
            case "issuer-unknown":
                return Of(TestUser.Make(), await App.CreateSoftwareAsync(capability.Issuer.Guid, Ct)).Json;
            case "issuer-disabled":
                using (await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct))
                {
                    return capability.Json;
                }

            case "software-unknown":
                return Of(capability.Issuer, SoftwareCalls.NewGuid()).Json;
            case "software-not-of-issuer":
                return Of(capability.Issuer, (await App.IssuerAsync(Ct)).Software).Json;
            case "user-unknown":
                return capability.With("userGuid", Quote(TestUser.NewGuid())).Json;
            case "user-disabled":
                var user = await App.RegisterUserAsync(Ct);
                using (await App.PatchUserAsync(user.Guid, 0, Ct))
                {
                    return capability.With("userGuid", Quote(user.Guid)).Json;
                }

            case "not-yet-valid":
                return capability.With("notBefore", Now.AddTicks(1)).Json;
            case "expired":
                return capability.With("notAfter", Now).Json;
            case "revoked":
                await App.RevokeAsync(capability, Ct);
                return capability.Json;
            default:
                throw new ArgumentOutOfRangeException(nameof(code), code, "Nothing shows this reason.");
        }
    }

    /// <returns>The machine to ask about.</returns>
    private async Task<string> ArrangeMachineAsync(string code, TestCapability capability, string machine)
    {
        switch (code)
        {
            case "machine-unknown":
                return MachineCalls.NewHash();
            case "machine-not-activated":
                return machine;
            case "machine-disabled":
                await App.ActivateAsync(capability, machine, Ct);
                using (await App.PatchMachineAsync(machine, 0, Ct))
                {
                    return machine;
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(code), code, "Nothing shows this reason.");
        }
    }

    private async Task DeleteSoftwareAsync(TestUser issuer, string software)
    {
        using var session = App.SessionOf(issuer.Guid);
        using var answer = await session.DeleteSoftwareAsync(software, Ct);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public sealed class OnSqlite() : RefusedCapabilitiesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RefusedCapabilitiesTests(DatabaseProvider.Postgres);
}
