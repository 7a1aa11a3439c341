using System.Net;
using System.Text;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using static Repository.Api.Tests.Capabilities.TestCapability;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What is no capability file, over HTTP.</summary>
public sealed class MalformedCapabilitiesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const int MaxBody = 1 << 20;

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("capability-malformed")]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"zebra\"")]
    [InlineData("zebra")]
    [InlineData("{")]
    [InlineData("{\"content\":")]
    [InlineData("\u0000")]
    [InlineData("""{"content":{},"verification":{}}""")]
    [InlineData("""{"content":null,"verification":null}""")]
    public async Task What_is_no_file_at_all_is_refused(string body) => await AssertMalformedAsync(Encoding.UTF8.GetBytes(body));

    [Fact]
    public async Task A_body_that_is_not_sent_at_all_is_no_file()
    {
        using var answer = await RawHttp.SendAsync(App, $"POST {CapabilityCalls.VerifyPath}", ["Content-Length: 0"], [], Ct);

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
    }

    [Theory]
    [InlineData("\"1e400\"", "1e400")]
    [InlineData("\"-1e400\"", "-1e400")]
    [InlineData("2^53 + 1", "9007199254740993")]
    [InlineData("-(2^53 + 1)", "-9007199254740993")]
    [InlineData("many digits", "123456789012345678901234567890")]
    [InlineData("a lone high surrogate", "\"\\ud800\"")]
    [InlineData("a lone low surrogate", "\"\\udc00x\"")]
    [InlineData("surrogates in the wrong order", "\"\\ude00\\ud83d\"")]
    [InlineData("a lone surrogate in a name", "{\"\\ud800\":1}")]
    [InlineData("a name twice", "{\"a\":1,\"a\":1}")]
    [InlineData("a name twice by an escape", "{\"a\":1,\"\\u0061\":1}")]
    [InlineData("a name twice, deep", "[[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]]")]
    [InlineData("an empty name twice", "{\"\":1,\"\":2}")]
    [InlineData("depth 33", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("a comment", "/* zebra */ 1")]
    [InlineData("a trailing comma", "[1,]")]
    [InlineData("a leading zero", "01")]
    [InlineData("a plus", "+1")]
    [InlineData("no digit after the point", "1.")]
    [InlineData("no digit before it", ".5")]
    [InlineData("hexadecimal", "0x10")]
    [InlineData("NaN", "NaN")]
    [InlineData("Infinity", "Infinity")]
    [InlineData("a single quote", "'zebra'")]
    [InlineData("a control character", "\"\u0001\"")]
    [InlineData("a line break in text", "\"a\nb\"")]
    [InlineData("an unknown escape", "\"\\x41\"")]
    [InlineData("an upper-case literal", "True")]
    [InlineData("nothing", "")]
    public async Task JSON_that_is_unclear_is_refused_wherever_it_stands(string what, string features)
    {
        Assert.NotEmpty(what);
        var capability = await App.NewCapabilityAsync(Ct);

        await AssertMalformedAsync(Spell(capability, "features", features));
    }

    [Theory]
    [InlineData("issuerGuid", "null")]
    [InlineData("issuerGuid", "5")]
    [InlineData("issuerGuid", "\"\"")]
    [InlineData("issuerGuid", "\"8F434346648F6B96DF89DDA901C5176B\"")]
    [InlineData("issuerGuid", "\"8f434346648f6b96df89dda901c5176\"")]
    [InlineData("issuerGuid", "\"8f434346648f6b96df89dda901c5176b8\"")]
    [InlineData("softwareGuid", "null")]
    [InlineData("softwareGuid", "[]")]
    [InlineData("softwareGuid", "\" 8f434346648f6b96df89dda901c5176b\"")]
    [InlineData("softwareGuid", "\"\uff18f434346648f6b96df89dda901c5176b\"")] // A full-width eight.
    [InlineData("userGuid", "\"\"")]
    [InlineData("userGuid", "{}")]
    [InlineData("userGuid", "\"8f434346-648f-6b96-df89-dda901c5176b\"")]
    [InlineData("machines", "0")]
    [InlineData("machines", "-0")]
    [InlineData("machines", "-1")]
    [InlineData("machines", "1.5")]
    [InlineData("machines", "1000001")]
    [InlineData("machines", "4294967297")]
    [InlineData("machines", "1e300")]
    [InlineData("machines", "\"2\"")]
    [InlineData("machines", "true")]
    [InlineData("machines", "[2]")]
    [InlineData("notBefore", "1795288740")]
    [InlineData("notBefore", "\"\"")]
    [InlineData("notBefore", "\"2026-11-21\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00\"")]
    [InlineData("notBefore", "\"2026-11-21 19:19:00Z\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19Z\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00.Z\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00,5Z\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00+0100\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00+24:00\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00 +01:00\"")]
    [InlineData("notBefore", "\"2026-11-21T19:19:00Z \"")]
    [InlineData("notAfter", "\"2027-02-29T00:00:00Z\"")]
    [InlineData("notAfter", "\"2027-13-01T00:00:00Z\"")]
    [InlineData("notAfter", "\"2027-00-01T00:00:00Z\"")]
    [InlineData("notAfter", "\"2027-01-01T24:00:00Z\"")]
    [InlineData("notAfter", "\"2027-01-01T00:60:00Z\"")]
    [InlineData("notAfter", "\"2027-01-01T00:00:60Z\"")] // No leap second there.
    [InlineData("notAfter", "\"0000-01-01T00:00:00Z\"")]
    [InlineData("notAfter", "\"10000-01-01T00:00:00Z\"")]
    [InlineData("notAfter", "\"9999-12-31T23:59:59-00:01\"")]
    [InlineData("notAfter", "\"0001-01-01T00:00:00+00:01\"")]
    [InlineData("notAfter", "\"\uff122027-01-01T00:00:00Z\"")]
    [InlineData("notAfter", "{}")]
    public async Task A_member_of_the_content_that_makes_no_sense_is_named(string member, string value)
    {
        var capability = await App.NewCapabilityAsync(Ct);

        var detail = await AssertMalformedAsync(Spell(capability, member, value));

        Assert.StartsWith($"content.{member} ", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"none\"", null)]
    [InlineData("\"HS256\"", null)]
    [InlineData("\"eddsa\"", null)]
    [InlineData("\"Ed25519\"", null)]
    [InlineData("\"RS512\"", null)]
    [InlineData("\"PS256 \"", null)]
    [InlineData("\"\"", null)]
    [InlineData("1", null)]
    [InlineData("null", null)]
    [InlineData("[\"EdDSA\"]", null)]
    [InlineData(null, "null")]
    [InlineData(null, "5")]
    [InlineData(null, "\"\"")]
    [InlineData(null, "\"AAA\"")]
    [InlineData(null, "\"AA==AA==\"")]
    [InlineData(null, "\"AAB=\"")]
    [InlineData(null, "\" AAA=\"")]
    [InlineData(null, "\"AAA=\\n\"")]
    [InlineData(null, "\"_-_-\"")]
    [InlineData(null, "\"====\"")]
    [InlineData(null, "\"AAA\u00c4\"")]
    [InlineData(null, "[]")]
    public async Task A_member_of_the_verification_that_makes_no_sense_is_named(string? algorithm, string? signature)
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var verification = $$"""{"algorithm":{{algorithm ?? "\"EdDSA\""}},"signature":{{signature ?? Quote(Convert.ToBase64String(capability.Signature))}}}""";

        var detail = await AssertMalformedAsync(FileOf(capability.Content, verification));

        Assert.StartsWith(algorithm is null ? "verification.signature " : "verification.algorithm ", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_has_exactly_its_two_members_and_a_verification_exactly_its_two()
    {
        var capability = await App.NewCapabilityAsync(Ct);
        var (json, content, signature) = (capability.Json, capability.Content, Quote(Convert.ToBase64String(capability.Signature)));
        var verification = $$"""{"algorithm":"EdDSA","signature":{{signature}}}""";
        string[] files =
        [
            $$"""{"content":{{content}}}""",
            $$"""{"verification":{{verification}}}""",
            $$"""{"Content":{{content}},"verification":{{verification}}}""",
            $$"""{"content":{{content}},"verification":{{verification}},"more":null}""",
            $$"""{"a":1,"content":{{content}},"verification":{{verification}}}""",
            $$"""{"content":{{content}},"d":1,"verification":{{verification}}}""",
            $$"""{"content":{{content}},"verification":{{verification}},"content":{{content}}}""",
            $$"""{"content":{{content}},"verification":{{verification}},"verification":{{verification}}}""",
            $$"""{"content":{{content}},"verification":{{verification}},"\u0063ontent":{{content}}}""",
            $$"""[{"content":{{content}},"verification":{{verification}}}]""",
            FileOf($"[{content}]", verification),
            FileOf(Quote("zebra"), verification),
            FileOf("null", verification),
            FileOf(content, "null"),
            FileOf(content, "[]"),
            FileOf(content, Quote("EdDSA")),
            FileOf(content, """{"algorithm":"EdDSA"}"""),
            FileOf(content, $$"""{"signature":{{signature}}}"""),
            FileOf(content, $$"""{"Algorithm":"EdDSA","signature":{{signature}}}"""),
            FileOf(content, $$"""{"algorithm":"EdDSA","signature":{{signature}},"publicKey":null}"""),
            FileOf(content, $$"""{"algorithm":"EdDSA","kid":"1","signature":{{signature}}}"""),
            FileOf(content, $$"""{"aa":"1","algorithm":"EdDSA","signature":{{signature}}}"""),
            FileOf(content, $$"""{"algorithm":"EdDSA","signature":{{signature}},"algorithm":"EdDSA"}"""),
            FileOf($$"""{"issuerGuid":"{{capability.Issuer.Guid}}",{{content[1..]}}""", verification),
            FileOf($$"""{"issuerGuid":"{{capability.Issuer.Guid}}"}""", verification),
            FileOf($$"""{"softwareGuid":"{{capability.Issuer.Guid}}"}""", verification),
            json + json,
            json + "x",
            json + ",",
            json[..^1],
            json[1..],
            json.Replace(',', ';'),
            json.Replace('"', '\''),
        ];

        foreach (var file in files)
        {
            await AssertMalformedAsync(file);
        }

        await App.AssertVerifiesAsync(FileOf(content, verification), Ct);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_and_a_byte_order_mark_are_refused()
    {
        var capability = (await App.NewCapabilityAsync(Ct)).With("features", "\"zebra\"");
        var at = capability.Json.IndexOf("zebra", StringComparison.Ordinal);
        byte[][] sequences = [[0xff], [0x80], [0xc0, 0xaf], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xf0, 0x9f, 0x98]];
        foreach (var sequence in sequences)
        {
            await AssertMalformedAsync([.. capability.Bytes[..at], .. sequence, .. capability.Bytes[at..]]);
            await AssertMalformedAsync([.. sequence, .. capability.Bytes]);
            await AssertMalformedAsync([.. capability.Bytes, .. sequence]);
        }

        await AssertMalformedAsync([.. Encoding.UTF8.Preamble, .. capability.Bytes]);
        await AssertMalformedAsync([.. capability.Bytes, .. Encoding.UTF8.Preamble]);
        await AssertMalformedAsync(Encoding.Unicode.GetBytes(capability.Json));
        await AssertMalformedAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(capability.Json)]);
    }

    [Fact]
    public async Task A_file_of_more_than_65536_bytes_is_malformed_and_a_body_over_1_MiB_is_too_large()
    {
        var json = (await App.NewCapabilityAsync(Ct)).Json;
        await AssertMalformedAsync(json.PadRight(65_537));
        await AssertMalformedAsync(json.PadRight(MaxBody));
        var headers = new[] { "Content-Type: application/json", $"Content-Length: {MaxBody + 1}" };

        using var answer = await RawHttp.SendAsync(App, $"POST {CapabilityCalls.VerifyPath}", headers, [], Ct);

        await answer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
    }

    [Fact]
    public async Task A_signature_longer_than_any_is_malformed()
    {
        var capability = await App.NewCapabilityAsync(Ct);

        await AssertMalformedAsync(capability.JsonWith(new byte[1025]));
        await App.AssertVerifiesAsync(capability.JsonWith(new byte[1024]), Ct, "signature-invalid");
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        await AssertMalformedAsync(new string('[', 65_536));
        await AssertMalformedAsync(string.Concat(Enumerable.Repeat("{\"\":", 16_384)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/jose+json")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        var capability = await App.NewCapabilityAsync(Ct);

        using var answer = await BodyCalls.PostAsync(App.Anonymous, CapabilityCalls.VerifyPath, capability.Bytes, contentType, Ct);

        await answer.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8F434346648f6b96df89dda901c5176b")]
    [InlineData("8f434346648f6b96df89dda901c5176")]
    [InlineData("%208f434346648f6b96df89dda901c5176b")]
    [InlineData("8f434346648f6b96df89dda901c5176b&machineHash=8f434346648f6b96df89dda901c5176b")]
    [InlineData("any")]
    public async Task A_malformed_machine_hash_is_refused(string machine)
    {
        var capability = await App.NewCapabilityAsync(Ct);

        using var answer = await App.PostVerifyCapabilityAsync(capability.Bytes, Ct, machine);

        await answer.InvalidAsync(Ct, "machineHash");
    }

    private static string FileOf(string content, string verification) => $$"""{"content":{{content}},"verification":{{verification}}}""";

    /// <summary>A file whose content has this member, with a signature of another.</summary>
    private static string Spell(TestCapability capability, string member, string value) =>
        capability.JsonSpelling(capability.With(member, value).Content);

    private Task<string> AssertMalformedAsync(string file) => AssertMalformedAsync(Encoding.UTF8.GetBytes(file));

    /// <returns>What the problem says is wrong, which quotes nothing of the file.</returns>
    private async Task<string> AssertMalformedAsync(byte[] file)
    {
        using var answer = await App.PostVerifyCapabilityAsync(file, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode}: {Encoding.UTF8.GetString(file.AsSpan(0, Math.Min(file.Length, 1000)))}");
        var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "capability-malformed", Ct);
        Assert.DoesNotContain("zebra", problem.GetRawText(), StringComparison.Ordinal);
        return problem.GetProperty("detail").GetString()!;
    }
}
