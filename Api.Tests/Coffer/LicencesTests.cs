using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Capabilities;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class LicencesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly CofferClient _client = CofferClient.Make();

    private string Definition => CofferCalls.ShardOf(_client, "password = \"zebra\"");

    [Fact]
    [Shows("licence-required")]
    public async Task A_shard_that_takes_a_licence_is_sealed_only_to_a_machine_with_a_seat_named_in_the_box()
    {
        var (capability, machine) = await BindAsync();
        var (other, stranger) = (await App.NewCapabilityAsync(Ct), await App.NewMachineAsync(Ct));
        await App.ActivateAsync(other, machine, Ct);

        await HasItAsync(Fields(capability.Guid, machine));
        await LacksItAsync(Fields(null, null));
        await LacksItAsync(Fields(capability.Guid, null));
        await LacksItAsync(Fields(null, machine));
        await LacksItAsync(Fields(capability.Guid, stranger));
        await LacksItAsync(Fields(other.Guid, machine)); // A seat for another software.
        await LacksItAsync(Fields(SoftwareCalls.NewGuid(), machine));

        using var freed = await App.Administrator.DeleteAsync($"/v1/coffer/shards/{_client.Id}/licence", Ct);
        Assert.Equal(HttpStatusCode.NoContent, freed.StatusCode);
        await HasItAsync(Fields(null, null));
        await HasItAsync(Fields(other.Guid, stranger)); // Not asked any more.
    }

    [Fact]
    public async Task It_ends_with_the_next_request_when_the_seat_is_released()
    {
        var (capability, machine) = await BindAsync();
        await HasItAsync(Fields(capability.Guid, machine));
        using var released = await App.DeleteSeatAsync(capability, machine, Ct);

        await LacksItAsync(Fields(capability.Guid, machine));
        using var again = await App.PutSeatAsync(capability, machine, Ct);
        await again.IsAsync(HttpStatusCode.Created, Ct);
        await HasItAsync(Fields(capability.Guid, machine));
    }

    [Fact]
    public async Task It_ends_with_the_machine_the_software_the_issuer_and_the_user()
    {
        var user = await App.RegisterUserAsync(Ct);
        var (capability, machine) = await BindAsync(made => made.With("userGuid", TestCapability.Quote(user.Guid)));
        var fields = Fields(capability.Guid, machine);
        await HasItAsync(fields);

        using var machineOff = await App.PatchMachineAsync(machine, 0, Ct);
        await LacksItAsync(fields);
        using var machineOn = await App.PatchMachineAsync(machine, 1, Ct);
        await HasItAsync(fields);
        using var userOff = await App.PatchUserAsync(user.Guid, 0, Ct);
        await LacksItAsync(fields);
        using var userOn = await App.PatchUserAsync(user.Guid, 1, Ct);
        await HasItAsync(fields);
        using var issuerOff = await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct);
        await LacksItAsync(fields);
        using var issuerOn = await App.PatchUserAsync(capability.Issuer.Guid, 1, Ct);
        await HasItAsync(fields);
    }

    [Fact]
    public async Task It_ends_with_the_capabilitys_time()
    {
        var end = App.Clock.GetUtcNow().AddHours(1);
        var (capability, machine) = await BindAsync(made => made.With("notAfter", end));

        App.Clock.Advance(end - App.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        await HasItAsync(Fields(capability.Guid, machine));
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await LacksItAsync(Fields(capability.Guid, machine));
    }

    [Fact]
    public async Task It_ends_with_a_revocation()
    {
        var (capability, machine) = await BindAsync();
        await HasItAsync(Fields(capability.Guid, machine));
        await App.RevokeAsync(capability, Ct);

        await LacksItAsync(Fields(capability.Guid, machine));
    }

    [Fact]
    public async Task It_ends_with_the_key_that_signed_the_capability_until_it_is_signed_anew()
    {
        var (capability, machine) = await BindAsync();
        var next = new TestUser(capability.Issuer.Guid, TestKey.Make(SigningKeyKind.Ed25519));
        using var rotated = await App.PutKeysAsync(capability.Issuer.Guid, UserCalls.RotationOf(capability.Issuer, next, revokeOld: true), Ct);
        await rotated.IsAsync(HttpStatusCode.OK, Ct);

        await LacksItAsync(Fields(capability.Guid, machine));
        var signedAnew = capability.SignedBy(next);
        Assert.Equal(capability.Guid, signedAnew.Guid);
        await App.ActivateAgainAsync(signedAnew, machine, Ct);
        await HasItAsync(Fields(capability.Guid, machine));
    }

    [Fact]
    public async Task A_binding_outlasts_definitions_and_the_shard_and_is_seen_by_the_administrator()
    {
        var (capability, machine) = await BindAsync();
        Assert.Equal(SoftwareOf(capability), (await App.ShardAsync(_client, Ct)).GetProperty("licence").GetProperty("softwareGuid").GetString());
        await App.DefineAsync(Definition, Ct);
        await LacksItAsync(Fields(null, null));
        await App.DefineAsync("[clients]", Ct);
        await App.DefineAsync(Definition, Ct);
        await LacksItAsync(Fields(null, null));
        await HasItAsync(Fields(capability.Guid, machine));

        await App.DefineAsync("[clients]", Ct);
        using var freed = await App.Administrator.DeleteAsync($"/v1/coffer/shards/{_client.Id}/licence", Ct);
        Assert.Equal(HttpStatusCode.NoContent, freed.StatusCode);
        using var freedAgain = await App.Administrator.DeleteAsync($"/v1/coffer/shards/{_client.Id}/licence", Ct);
        await freedAgain.RefusedAsync(HttpStatusCode.NotFound, "shard-unknown", Ct);
        using var bound = await App.PutLicenceAsync(_client, SoftwareOf(capability), Ct);
        await bound.RefusedAsync(HttpStatusCode.NotFound, "shard-unknown", Ct);
    }

    [Fact]
    public async Task A_binding_is_audited_and_counted_once_and_names_a_software()
    {
        await App.DefineAsync(Definition, Ct);
        var software = SoftwareCalls.NewGuid();
        using var bound = await App.PutLicenceAsync(_client, software, Ct);
        using var again = await App.PutLicenceAsync(_client, software, Ct);
        using var malformed = await App.PutLicenceAsync(_client, "clockwork", Ct);

        Assert.Equal($$"""{"softwareGuid":"{{software}}","version":2}""", (await bound.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal($$"""{"softwareGuid":"{{software}}","version":2}""", (await again.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        await malformed.InvalidAsync(Ct, "softwareGuid");
        using var freed = await App.Administrator.DeleteAsync($"/v1/coffer/shards/{_client.Id}/licence", Ct);
        Assert.Equal(
            [
                "administrator coffer-defined coffer",
                $"administrator coffer-licence-set {_client.Id}",
                $"administrator coffer-licence-removed {_client.Id}",
            ],
            await App.AuditedAsync(Ct));
    }

    private static string SoftwareOf(TestCapability capability) =>
        System.Text.Json.JsonElement.Parse(capability.Content).GetProperty("softwareGuid").GetString()!;

    /// <summary>A shard that takes a licence, and a machine that has one.</summary>
    private async Task<(TestCapability Capability, string Machine)> BindAsync(Func<TestCapability, TestCapability>? change = null)
    {
        var capability = await App.NewCapabilityAsync(Ct);
        capability = change?.Invoke(capability) ?? capability;
        var machine = await App.NewMachineAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);
        await App.DefineAsync(Definition, Ct);
        using var bound = await App.PutLicenceAsync(_client, SoftwareOf(capability), Ct);
        await bound.IsAsync(HttpStatusCode.OK, Ct);
        return (capability, machine);
    }

    private Func<CofferFields> Fields(string? capability, string? machine) => () =>
    {
        var fields = CofferFields.Of(App.Clock.GetUtcNow());
        fields = machine is null ? fields : fields.With("machine", machine);
        return capability is null ? fields : fields.With("cap", capability);
    };

    private async Task HasItAsync(Func<CofferFields> fields) => Assert.Equal("zebra", (await App.SecretsOfAsync(_client, Ct, fields()))["password"]);

    private async Task LacksItAsync(Func<CofferFields> fields)
    {
        using var answer = await App.AskAsync(_client, Ct, fields());
        await answer.RefusedAsync(HttpStatusCode.Forbidden, "licence-required", Ct);
    }

    public sealed class OnSqlite() : LicencesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : LicencesTests(DatabaseProvider.Postgres);
}
