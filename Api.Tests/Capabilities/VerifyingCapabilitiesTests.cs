using System.Globalization;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Capabilities.TestCapability;

namespace Repository.Api.Tests.Capabilities;

public abstract class VerifyingCapabilitiesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData(SigningKeyKind.Ed25519, SignatureAlgorithm.EdDSA)]
    [InlineData(SigningKeyKind.Rsa, SignatureAlgorithm.RS256)]
    [InlineData(SigningKeyKind.Rsa, SignatureAlgorithm.PS256)]
    [InlineData(SigningKeyKind.P256, SignatureAlgorithm.ES256)]
    public async Task A_file_of_each_algorithm_is_valid(SigningKeyKind kind, SignatureAlgorithm algorithm)
    {
        var capability = (await App.NewCapabilityAsync(Ct, kind)).With(algorithm);

        var answer = await App.AssertVerifiesAsync(capability.Json, Ct);

        Assert.Equal(capability.Guid, answer.GetProperty("capabilityGuid").GetString());
    }

    [Fact]
    public async Task What_a_file_leaves_out_is_null_and_one_seat()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        App.Clock.Advance(Tick);

        var answer = await App.VerifyCapabilityAsync(capability.Json, Ct);

        AssertIs(
            $$"""
            {
              "valid": true, "capabilityGuid": "{{capability.Guid}}", "reasons": [], "issuerGuid": "{{capability.Issuer.Guid}}",
              "softwareGuid": "{{await SoftwareOfAsync(capability)}}", "userGuid": null, "notBefore": null, "notAfter": null,
              "seats": { "used": 0, "limit": 1 }, "checkedDate": "2026-11-21T19:19:00.0000001Z"
            }
            """,
            answer);
    }

    [Fact]
    public async Task What_a_file_says_is_answered_in_the_servers_spelling()
    {
        var user = await App.RegisterUserAsync(Ct);
        var capability = (await App.NewCapabilityAsync(Ct))
            .With("userGuid", Quote(user.Guid))
            .With("machines", "1e1")
            .With("notBefore", "\"2026-11-21T20:19:00+01:00\"")
            .With("notAfter", "\"2026-11-21t18:19:00.5-01:30\"")
            .With("features", """{"colour":["red",null,{"machines":0}]}""");

        var answer = await App.VerifyCapabilityAsync(capability.Json, Ct);

        AssertIs(
            $$"""
            {
              "valid": true, "capabilityGuid": "{{capability.Guid}}", "reasons": [], "issuerGuid": "{{capability.Issuer.Guid}}",
              "softwareGuid": "{{await SoftwareOfAsync(capability)}}", "userGuid": "{{user.Guid}}",
              "notBefore": "2026-11-21T19:19:00.0000000Z", "notAfter": "2026-11-21T19:49:00.5000000Z",
              "seats": { "used": 0, "limit": 10 }, "checkedDate": "2026-11-21T19:19:00.0000000Z"
            }
            """,
            answer);
    }

    [Fact]
    public async Task Dates_of_any_offset_are_answered_in_UTC_with_seven_digits()
    {
        (string Given, string Answered)[] dates =
        [
            ("2026-12-01T00:00:00Z", "2026-12-01T00:00:00.0000000Z"),
            ("2026-12-01T00:00:00+14:00", "2026-11-30T10:00:00.0000000Z"),
            ("2026-12-31T23:59:59.9999999-00:01", "2027-01-01T00:00:59.9999999Z"),
            ("2026-12-01T00:00:00.12345678901234567890-23:59", "2026-12-01T23:59:00.1234568Z"),
            ("2026-12-01T00:00:00.10000000000Z", "2026-12-01T00:00:00.1000000Z"),
            ("2026-12-31t15:59:60-08:00", "2027-01-01T00:00:00.0000000Z"), // A leap second.
            ("2028-02-29T00:00:00-00:00", "2028-02-29T00:00:00.0000000Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
        ];
        var capability = await App.NewCapabilityAsync(Ct);

        foreach (var (given, answered) in dates)
        {
            var answer = await App.AssertVerifiesAsync(capability.With("notAfter", Quote(given)).Json, Ct);
            Assert.Equal(answered, answer.GetProperty("notAfter").GetString());
        }

        var first = await App.AssertVerifiesAsync(capability.With("notBefore", "\"0001-01-01T23:59:00+23:59\"").Json, Ct);
        Assert.Equal("0001-01-01T00:00:00.0000000Z", first.GetProperty("notBefore").GetString());
    }

    [Fact]
    public async Task A_file_of_short_identifiers_is_valid()
    {
        var issuer = TestUser.Make() with { Guid = TestUser.NewGuid()[..32] };
        await App.RegisterUserAsync(issuer, Ct);
        var software = SoftwareCalls.NewGuid()[..32];
        using var created = await App.PostSoftwareAsync(issuer.Guid, software, Ct);

        await App.AssertVerifiesAsync(Of(issuer, software).With("userGuid", Quote(issuer.Guid)).Json, Ct);
    }

    [Fact]
    public async Task A_file_is_valid_from_notBefore_on_to_the_tick()
    {
        var date = App.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        var capability = (await App.NewCapabilityAsync(Ct)).With("notBefore", date);

        await AssertVerifiesAtAsync(date - Tick, capability, "not-yet-valid");
        await AssertVerifiesAtAsync(date, capability);
        await AssertVerifiesAtAsync(date + Tick, capability);
    }

    [Fact]
    public async Task A_file_is_valid_until_just_before_notAfter_to_the_tick()
    {
        var date = App.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        var capability = (await App.NewCapabilityAsync(Ct)).With("notAfter", date);

        await AssertVerifiesAtAsync(date - Tick, capability);
        await AssertVerifiesAtAsync(date, capability, "expired");
        await AssertVerifiesAtAsync(date + Tick, capability, "expired");
    }

    [Fact]
    public async Task A_file_is_valid_for_a_single_tick()
    {
        var date = App.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        var capability = (await App.NewCapabilityAsync(Ct)).With("notBefore", date).With("notAfter", date + Tick);

        await AssertVerifiesAtAsync(date - Tick, capability, "not-yet-valid");
        await AssertVerifiesAtAsync(date, capability);
        await AssertVerifiesAtAsync(date + Tick, capability, "expired");
    }

    [Fact]
    public async Task Between_two_ticks_is_at_the_later_one()
    {
        var capability = (await App.NewCapabilityAsync(Ct))
            .With("notBefore", "\"2026-11-21T19:19:01.00000001Z\"")
            .With("notAfter", "\"2026-11-21T19:19:01.00000019Z\"");
        var tick = new DateTimeOffset(2026, 11, 21, 19, 19, 1, TimeSpan.Zero) + Tick;

        await AssertVerifiesAtAsync(tick - Tick, capability, "not-yet-valid");
        await AssertVerifiesAtAsync(tick, capability);
        await AssertVerifiesAtAsync(tick + Tick, capability, "expired");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_file_that_ends_no_later_than_it_begins_can_be_read_and_is_never_valid(int ticks)
    {
        var begin = App.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        var end = begin - TimeSpan.FromTicks(ticks);
        var capability = (await App.NewCapabilityAsync(Ct)).With("notBefore", begin).With("notAfter", end);

        await AssertVerifiesAtAsync(end - Tick, capability, "not-yet-valid");
        await AssertVerifiesAtAsync(end, capability, ticks == 0 ? ["expired"] : ["not-yet-valid", "expired"]);
        await AssertVerifiesAtAsync(begin, capability, "expired");
        await AssertVerifiesAtAsync(begin + Tick, capability, "expired");
    }

    [Fact]
    public async Task A_machine_must_hold_a_seat_to_be_valid_on_it()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("machines", "2");
        var (holder, other) = ((await App.RegisterAsync(Ct)).Hash, (await App.RegisterAsync(Ct)).Hash);
        await App.ActivateAsync(capability, holder, Ct);

        await App.AssertVerifiesOnAsync(holder, capability.Json, Ct);
        await App.AssertVerifiesOnAsync(other, capability.Json, Ct, "machine-not-activated");
        await App.AssertVerifiesOnAsync(MachineCalls.NewHash(), capability.Json, Ct, "machine-unknown");
        await App.AssertVerifiesAsync(capability.Json, Ct);

        using var disabled = await App.PatchMachineAsync(holder, 0, Ct);
        await App.AssertVerifiesOnAsync(holder, capability.Json, Ct, "machine-disabled");
        using var enabled = await App.PatchMachineAsync(holder, 1, Ct);
        await App.AssertVerifiesOnAsync(holder, capability.Json, Ct);
    }

    [Fact]
    public async Task A_seat_under_one_capability_is_none_under_another()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (machine, _) = await App.RegisterAsync(Ct);
        await App.ActivateAsync(capability, machine, Ct);

        await App.AssertVerifiesOnAsync(machine, capability.With("edition", "2").Json, Ct, "machine-not-activated");
    }

    [Fact]
    public async Task Seats_are_counted_in_the_answer()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("machines", "3");
        var (first, second) = ((await App.RegisterAsync(Ct)).Hash, (await App.RegisterAsync(Ct)).Hash);

        await App.ActivateAsync(capability, first, Ct);
        await App.ActivateAsync(capability, second, Ct);
        AssertIs("""{"used":2,"limit":3}""", (await App.VerifyCapabilityAsync(capability.Json, Ct)).GetProperty("seats"));

        await App.ReleaseAsync(capability, first, Ct);
        AssertIs("""{"used":1,"limit":3}""", (await App.VerifyCapabilityAsync(capability.Json, Ct)).GetProperty("seats"));
    }

    /// <summary>Moves the clock to a date that is not before the present one, and verifies.</summary>
    private async Task AssertVerifiesAtAsync(DateTimeOffset date, TestCapability capability, params string[] reasons)
    {
        App.Clock.Advance(date - App.Clock.GetUtcNow());
        var answer = await App.AssertVerifiesAsync(capability.Json, Ct, reasons);
        Assert.Equal(date.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), answer.GetProperty("checkedDate").GetString());
    }

    private async Task<string> SoftwareOfAsync(TestCapability capability)
    {
        using var answer = await App.Anonymous.GetAsync($"/v1/software?issuerGuid={capability.Issuer.Guid}", Ct);
        var software = Assert.Single((await RepositoryApp.JsonOf(answer, Ct)).GetProperty("items").EnumerateArray());
        return software.GetProperty("softwareGuid").GetString()!;
    }

    private static void AssertIs(string expected, JsonElement json) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), json), $"Expected {expected}, not {json.GetRawText()}");

    public sealed class OnSqlite() : VerifyingCapabilitiesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : VerifyingCapabilitiesTests(DatabaseProvider.Postgres);
}
