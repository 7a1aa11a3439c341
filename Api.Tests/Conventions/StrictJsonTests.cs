using System.Net;
using System.Text;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

public sealed class StrictJsonTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    /// <summary>What stands for the body where no member is to blame.</summary>
    private const string Whole = "$";

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("validation-failed")]
    [InlineData("", Whole)]
    [InlineData(" ", Whole)]
    [InlineData("{", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef" """, Whole)]
    [InlineData("machineRegisterHash=0123456789abcdef0123456789abcdef", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef",}""", Whole)]
    [InlineData("""{,"machineRegisterHash":"0123456789abcdef0123456789abcdef"}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}x""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}{}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}]""", Whole)]
    [InlineData("{\"machineRegisterHash\":\"0123456789abcdef0123456789abcdef\"}\0", Whole)]
    [InlineData("""{"machineRegisterHash":/* mine */"0123456789abcdef0123456789abcdef"}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}// mine""", Whole)]
    [InlineData("{'machineRegisterHash':'0123456789abcdef0123456789abcdef'}", Whole)]
    [InlineData("""{machineRegisterHash:"0123456789abcdef0123456789abcdef"}""", Whole)]
    [InlineData("{\"machineRegisterHash\":\"0123456789abcdef\n0123456789abcdef\"}", Whole)]
    [InlineData("\uFEFF{\"machineRegisterHash\":\"0123456789abcdef0123456789abcdef\"}", Whole)]
    [InlineData("[]", Whole)]
    [InlineData("""[{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}]""", Whole)]
    [InlineData("null", Whole)]
    [InlineData("\"0123456789abcdef0123456789abcdef\"", Whole)]
    [InlineData("1", Whole)]
    [InlineData("true", Whole)]
    [InlineData("{}", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":null}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":1}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":true}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":{}}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":["0123456789abcdef0123456789abcdef"]}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":NaN}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","previousMachineRegisterHash":1}""", "previousMachineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","colour":1}""", "colour")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","":1}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","$type":"x"}""", "$type")]
    [InlineData("""{"MachineRegisterHash":"0123456789abcdef0123456789abcdef"}""", "MachineRegisterHash", "machineRegisterHash")]
    [InlineData("""{"machine_register_hash":"0123456789abcdef0123456789abcdef"}""", "machineRegisterHash", "machine_register_hash")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","machineRegisterHash":"0123456789abcdef0123456789abcdef"}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","machineRegisterH\u0061sh":"0123456789abcdef0123456789abcdef"}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","previousMachineRegisterHash":null,"previousMachineRegisterHash":null}""", "previousMachineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"\ud800"}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"\udc00\ud800"}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","\ud800":1}""", Whole)]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","\ud800":1,"\ud800":1}""", Whole)]
    [InlineData("""{"machineRegisterHash":"\u0000"}""", "machineRegisterHash")]
    [InlineData("""{"machineRegisterHash":"\x30"}""", Whole)]
    public async Task What_is_not_the_object_that_the_call_takes_is_refused_by_member(string json, params string[] members)
    {
        using var answer = await PostAsync(Encoding.UTF8.GetBytes(json));

        await answer.InvalidAsync(Ct, members);
    }

    [Fact]
    public async Task A_name_may_be_spelled_with_escapes()
    {
        using var answer = await PostAsync("""{"machineRegisterH\u0061sh":"\u0066123456789abcdef0123456789abcdef"}"""u8.ToArray());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/v1/machines/f123456789abcdef0123456789abcdef", answer.HeaderOf("Location"));
    }

    [Theory]
    [InlineData("""{"machineRegisterHash":"@"}""")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","@":1}""")]
    [InlineData("""{"@":1,"machineRegisterHash":"0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}@""")]
    public async Task Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand(string json)
    {
        byte[][] malformed = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]];
        foreach (var bytes in malformed)
        {
            var body = json.Replace("@", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);

            using var answer = await PostAsync(Encoding.Latin1.GetBytes(body));

            var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "validation-failed", Ct);
            var named = Assert.Single(Answers.MembersOf(problem.GetProperty("errors")));
            Assert.True(named is Whole or "machineRegisterHash", named);
        }
    }

    [Theory]
    [InlineData("machineRegisterHash", 100)]
    [InlineData("machineRegisterHash", 500_000)]
    [InlineData("colour", 100)]
    [InlineData("colour", 500_000)]
    public async Task What_is_nested_too_deep_is_refused(string member, int depth)
    {
        var others = member is "colour" ? $"\"machineRegisterHash\":\"{Hash}\"," : "";
        var json = $"{{{others}\"{member}\":{new string('[', depth)}{new string(']', depth)}}}";

        using var answer = await PostAsync(Encoding.UTF8.GetBytes(json));

        await answer.InvalidAsync(Ct, Whole);
    }

    [Theory]
    [InlineData("""{"machineRegisterHash":"zebra-in-the-body"}""")]
    [InlineData("""{"machineRegisterHash":{"zebra-in-the-body":"zebra-in-the-body"}}""")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef","colour":"zebra-in-the-body"}""")]
    [InlineData("""{"machineRegisterHash":"0123456789abcdef0123456789abcdef"}zebra-in-the-body""")]
    [InlineData("zebra-in-the-body")]
    public async Task A_value_of_the_body_is_never_repeated(string json)
    {
        using var answer = await PostAsync(Encoding.UTF8.GetBytes(json));

        await answer.RefusedAsync(HttpStatusCode.BadRequest, "validation-failed", Ct);
        Assert.DoesNotContain("zebra", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(App.LogLines, line => line.Contains("zebra", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_or_unprintable_name_is_not_repeated()
    {
        foreach (var name in (string[])[new string('n', 65), "nnn\u0000nnn", "nnn\u00e9", "nnn\u202ennn"])
        {
            var json = $$"""{"machineRegisterHash":"{{Hash}}","{{name.Replace("\0", "\\u0000", StringComparison.Ordinal)}}":1}""";

            using var answer = await PostAsync(Encoding.UTF8.GetBytes(json));

            await answer.InvalidAsync(Ct, Whole);
            Assert.DoesNotContain("nnn", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_a_flood_of_mistakes_only_the_first_are_listed()
    {
        var members = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":1"));

        using var answer = await PostAsync(Encoding.UTF8.GetBytes($"{{{members}}}"));

        await answer.InvalidAsync(Ct, [.. Enumerable.Range(0, 32).Select(i => $"m{i}")]);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body) =>
        BodyCalls.PostAsync(App.Anonymous, "/v1/machines", body, "application/json", Ct);
}
