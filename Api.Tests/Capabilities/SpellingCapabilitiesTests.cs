using System.Text;
using Repository.Api.Tests.Domain;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A file is what it says, however it is written: what is hashed and signed is the canonical form.</summary>
public sealed class SpellingCapabilitiesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task White_space_order_escapes_and_spelling_of_numbers_do_not_matter()
    {
        var capability = (await App.NewCapabilityAsync(Ct))
            .With("machines", "20")
            .With("notAfter", "\"2027-11-01T00:00:00Z\"")
            .With("features", """{"z":[1,-0.5,1e21,0,"é/\n\u2028"],"a":{"€":true,"😀":null},"":""}""");
        var (issuer, software) = (MemberOf(capability, 0), MemberOf(capability, 1));
        string[] others =
        [
            capability.Content,
            Canonical.Of(capability.Content),
            capability.Content.Replace(",", " ,\t", StringComparison.Ordinal).Replace(":{", ":\r\n {", StringComparison.Ordinal),
            capability.Content.Replace("\"machines\":20", "\"machines\":2e1", StringComparison.Ordinal),
            capability.Content.Replace("\"machines\":20", "\"machines\":20.000", StringComparison.Ordinal),
            capability.Content.Replace("\"machines\":20", "\"machines\":2000E-2", StringComparison.Ordinal),
            capability.Content.Replace("issuerGuid", "\\u0069ssuerGui\\u0064", StringComparison.Ordinal),
            capability.Content.Replace("2027-11-01", "\\u0032027\\u002D11-01", StringComparison.Ordinal),
            $$"""
            {
              "features": { "": "", "a": { "\ud83d\ude00": null, "\u20ac": true }, "z": [ 1.0, -5e-1, 1000000000000000000000.0, -0, "\u00e9\/\u000a\u2028" ] },
              "notAfter": "2027-11-01T00:00:00\u005a", "machines": 0.2E+2, {{software}},
              {{issuer}}
            }
            """,
        ];

        foreach (var other in others)
        {
            var answer = await App.AssertVerifiesAsync(capability.JsonSpelling(other), Ct);
            Assert.Equal(capability.Guid, answer.GetProperty("capabilityGuid").GetString());
        }
    }

    [Fact]
    public async Task The_file_around_the_content_may_be_spelled_freely_too()
    {
        var capability = await App.NewCapabilityAsync(Ct, SigningKeyKind.P256);
        var signature = Convert.ToBase64String(capability.Signature).Replace("=", "\\u003d", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);

        await App.AssertVerifiesAsync(
            $$"""

             { "verific\u0061tion" : { "signature":"{{signature}}" , "algorithm":"\u0045S256" },
               "\u0063ontent":{{capability.Content}} } 

            """,
            Ct);
    }

    [Fact]
    public async Task Random_spellings_of_random_features_do_not_matter()
    {
        var dice = new Dice();
        var made = await App.NewCapabilityAsync(Ct);
        for (var i = 0; i < 50; i++)
        {
            var capability = made.With("features", new RandomJson(dice).Spell());
            var canonical = Canonical.Of(capability.Content);

            // The canonical form of a large fraction is an integer literal that may not be exactly that double, and so no content itself.
            string[] spellings = Canonical.FlawOf(canonical) is null ? [capability.Content, canonical] : [capability.Content];
            foreach (var spelling in spellings)
            {
                var answer = await App.VerifyCapabilityAsync(capability.JsonSpelling(spelling), Ct);
                Assert.True(answer.GetProperty("valid").GetBoolean(), $"{dice}: {spelling}");
                Assert.Equal(capability.Guid, answer.GetProperty("capabilityGuid").GetString());
            }
        }
    }

    [Fact]
    public async Task Text_that_only_looks_alike_is_not_the_same()
    {
        var composed = (await App.NewCapabilityAsync(Ct)).With("features", "\"\u00e9\"");
        var decomposed = composed.With("features", "\"e\u0301\"");

        Assert.NotEqual(composed.Guid, decomposed.Guid);
        await App.AssertVerifiesAsync(composed.Json, Ct);
        await App.AssertVerifiesAsync(decomposed.Json, Ct);
        await App.AssertVerifiesAsync(composed.JsonSpelling(decomposed.Content), Ct, "signature-invalid");
    }

    [Fact]
    public async Task Names_of_the_content_are_told_apart_by_case_and_others_are_the_issuers_own()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        foreach (var name in (string[])["Machines", "userguid", "NotAfter", "verification", "content", "signature", "machines ", "$ref"])
        {
            var answer = await App.AssertVerifiesAsync(capability.With(name, "0").Json, Ct);
            Assert.Equal(1, answer.GetProperty("seats").GetProperty("limit").GetInt32());
        }
    }

    [Fact]
    public async Task What_is_just_allowed_is_taken()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        string[] features =
        [
            $"{new string('[', 30)}{new string(']', 30)}", // The file is depth 1, the content 2.
            "-0", "-0.0", "9007199254740992", "-9007199254740992", "9007199254740993.0", "9007199254740993e0", "10000000000000000000000",
            "1.7976931348623157e308", "1e-400", "4.9e-324", "0.1e1", "0E5", "0.0000000000000000000000000000000000001",
            """{"content":1,"verification":{"algorithm":"none","signature":1,"issuerGuid":null}}""",
            """[{"a":1},{"a":1,"A":2,"":{"a":3}}]""",
            "\"\ufeff\"", "\"\\u0000\\ud83d\\ude00\"", "\"\u007f\"", "null",
        ];
        foreach (var value in features)
        {
            await App.AssertVerifiesAsync(capability.With("features", value).Json, Ct);
        }

        var (one, most) = (capability.With("machines", "1"), capability.With("machines", "1000000"));
        await App.AssertVerifiesAsync(one.Json, Ct);
        Assert.Equal(1_000_000, (await App.AssertVerifiesAsync(most.Json, Ct)).GetProperty("seats").GetProperty("limit").GetInt32());
        Assert.Equal(65_536, Encoding.UTF8.GetByteCount(capability.Json.PadRight(65_536)));
        await App.AssertVerifiesAsync(capability.Json.PadRight(65_536), Ct);
        var large = capability.With("features", $"\"{new string('x', 65_536 - Encoding.UTF8.GetByteCount(capability.With("features", "\"\"").Json))}\"");
        Assert.Equal(65_536, large.Bytes.Length);
        await App.AssertVerifiesAsync(large.Json, Ct);
    }

    [Fact]
    public async Task Null_for_an_optional_member_is_as_if_it_were_absent_and_another_capability()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        foreach (var name in (string[])["userGuid", "machines", "notBefore", "notAfter"])
        {
            var withNull = capability.With(name, "null");
            var answer = await App.AssertVerifiesAsync(withNull.Json, Ct);
            Assert.Equal(withNull.Guid, answer.GetProperty("capabilityGuid").GetString());
            Assert.NotEqual(capability.Guid, withNull.Guid);
        }
    }

    private static string MemberOf(TestCapability capability, int at) => capability.Content[1..^1].Split(',')[at];
}
