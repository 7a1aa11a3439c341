using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

/// <summary>An issuer's words are counted in Unicode scalar values and kept as they are.</summary>
public abstract class SoftwareTextsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly Dictionary<string, (int Min, int Max)> Limits = new(StringComparer.Ordinal)
    {
        ["name"] = (1, 200),
        ["description"] = (0, 2_000),
        ["version"] = (1, 100),
    };

    /// <summary>One character each: of one, two, three and four bytes, of one and two UTF-16 units.</summary>
    private static readonly string[] Characters = ["a", "\u00e9", "\u20ac", "\U0001F511"];

    public static TheoryData<string> Members => [.. Limits.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task As_many_characters_as_the_limit_are_taken_and_one_more_is_refused(string member)
    {
        var (min, max) = Limits[member];
        var issuer = await App.NewIssuerAsync(Ct);
        foreach (var character in Characters)
        {
            foreach (var text in (string[])[Repeat(character, min), Repeat(character, max)])
            {
                var guid = await TakenAsync(issuer, member, text);
                Assert.Equal(text, (await App.SoftwareAsync(guid, Ct)).Software.GetProperty(member).GetString());
            }

            await RefusedAsync(issuer, member, JsonSerializer.Serialize(Repeat(character, max + 1)));
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    public async Task No_character_is_too_few(string member) => await RefusedAsync(await App.NewIssuerAsync(Ct), member, "\"\"");

    [Theory]
    [MemberData(nameof(Members))]
    public async Task What_is_no_text_that_both_databases_hold_is_refused(string member)
    {
        var issuer = await App.NewIssuerAsync(Ct);
        string[] values =
        [
            @"""\u0000""", @"""a\u0000b""", @"""\ud800""", @"""\udc00""", @"""a\ud83d""", @"""\ud83d\ud83d\udd11""", @"""\udd11\ud83d""",
            "1", "true", "[]", "{}", "[\"a\"]",
        ];
        foreach (var value in values)
        {
            await RefusedAsync(issuer, member, value);
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    public async Task Null_is_refused_where_the_member_is_required(string member) =>
        await RefusedAsync(await App.NewIssuerAsync(Ct), member, "null");

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Any_other_text_comes_back_as_it_was_sent(string member)
    {
        var issuer = await App.NewIssuerAsync(Ct);
        string[] texts =
        [
            " ", "  two spaces\t", "\r\n", "\u0001\u001f\u007f", "\u00a0\u3000", "e\u0301 \u00e9 \u212b \u00c5", "\ufeff", "\ufffd\ufffe\uffff", "\u202e\u200b",
            "\"\\/'<>&+%_*?", "'; DROP TABLE software; --", "@p0 {0} $1 :x ?1", "null", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0010FFFF",
        ];
        foreach (var text in texts)
        {
            var guid = await TakenAsync(issuer, member, text);

            var (software, _) = await App.SoftwareAsync(guid, Ct);
            Assert.Equal(text, software.GetProperty(member).GetString());
            using var changed = await App.Administrator.PutSoftwareAsync(guid, Json(null, null, member, JsonSerializer.Serialize(text)), Ct);
            Assert.Equal(software.GetRawText(), (await changed.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        }
    }

    [Fact]
    public async Task Guids_have_one_spelling()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var good = SoftwareCalls.NewGuid();
        foreach (var guid in (string[])["", good[..^1], good + "0", good.ToUpperInvariant(), "0x" + good[2..], good[..31], good[..^1] + "g"])
        {
            using var asSoftware = await App.SessionOf(issuer).PostSoftwareAsync(SoftwareCalls.Creation(issuer, guid), Ct);
            using var asIssuer = await App.SessionOf(issuer).PostSoftwareAsync(SoftwareCalls.Creation(guid, good), Ct);

            await asSoftware.InvalidAsync(Ct, "softwareGuid");
            await asIssuer.InvalidAsync(Ct, "issuerGuid");
        }

        using var read = await App.GetSoftwareAsync(good.ToUpperInvariant(), Ct);
        using var changed = await App.Administrator.PutSoftwareAsync(good[1..], SoftwareCalls.Content(), Ct);
        using var deleted = await App.Administrator.DeleteSoftwareAsync(good + "0", Ct);
        using var listed = await App.Anonymous.GetAsync("/v1/software?issuerGuid=" + good.ToUpperInvariant(), Ct);
        await read.InvalidAsync(Ct, "softwareGuid");
        await changed.InvalidAsync(Ct, "softwareGuid");
        await deleted.InvalidAsync(Ct, "softwareGuid");
        await listed.InvalidAsync(Ct, "issuerGuid");
        Assert.Empty(await App.AuditedSoftwareAsync(Ct));
    }

    [Fact]
    public async Task Members_of_a_creation_have_no_place_in_a_change()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guid = await App.CreateSoftwareAsync(issuer, Ct);

        using var changed = await App.SessionOf(issuer).PutSoftwareAsync(guid, SoftwareCalls.Creation(issuer, guid), Ct);
        using var empty = await App.SessionOf(issuer).PutSoftwareAsync(guid, "{}", Ct);
        using var created = await App.SessionOf(issuer).PostSoftwareAsync("{}", Ct);

        await changed.InvalidAsync(Ct, "issuerGuid", "softwareGuid");
        await empty.InvalidAsync(Ct, "name", "version");
        await created.InvalidAsync(Ct, "issuerGuid", "softwareGuid", "name", "version");
        Assert.Equal("\"1\"", (await App.SoftwareAsync(guid, Ct)).ETag);
    }

    private static string Repeat(string character, int count) => string.Concat(Enumerable.Repeat(character, count));

    /// <summary>A body with this member's value written as it is given; of a change where there is no issuer.</summary>
    private static string Json(string? issuer, string? guid, string member, string value)
    {
        var others = Limits.Keys.Where(other => !string.Equals(other, member, StringComparison.Ordinal)).Select(other => $"\"{other}\":\"x\"");
        string[] guids = issuer is null ? [] : [$"\"issuerGuid\":\"{issuer}\"", $"\"softwareGuid\":\"{guid}\""];
        return $"{{{string.Join(',', [.. guids, .. others, $"\"{member}\":{value}"])}}}";
    }

    private async Task<string> TakenAsync(string issuer, string member, string text)
    {
        var guid = SoftwareCalls.NewGuid();
        using var created = await App.SessionOf(issuer).PostSoftwareAsync(Json(issuer, guid, member, JsonSerializer.Serialize(text)), Ct);
        Assert.Equal(text, (await created.IsAsync(HttpStatusCode.Created, Ct)).GetProperty(member).GetString());
        return guid;
    }

    /// <summary>Refused to a creation and to a change, which leave everything as it was.</summary>
    private async Task RefusedAsync(string issuer, string member, string value)
    {
        var guid = SoftwareCalls.NewGuid();
        using var created = await App.SessionOf(issuer).PostSoftwareAsync(Json(issuer, guid, member, value), Ct);
        await created.InvalidAsync(Ct, member);
        using var read = await App.GetSoftwareAsync(guid, Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "software-unknown", Ct);

        var there = await App.CreateSoftwareAsync(issuer, Ct);
        using var changed = await App.SessionOf(issuer).PutSoftwareAsync(there, Json(null, null, member, value), Ct);
        await changed.InvalidAsync(Ct, member);
        Assert.Equal("\"1\"", (await App.SoftwareAsync(there, Ct)).ETag);
    }

    public sealed class OnSqlite() : SoftwareTextsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : SoftwareTextsTests(DatabaseProvider.Postgres);
}
