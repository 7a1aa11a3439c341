using System.Net;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Coffer;

public sealed class InvalidDefinitionsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string A = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee01";
    private const string UpperA = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEE01";
    private const string B = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee02";
    private const string Value = "zebra-7291";

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("definition-invalid")]
    [InlineData("[web]\nid = \"A\"\npassword = \"zebra-7291\"\npassword = \"zebra-7291\"", 4, "web.password")]
    [InlineData("[web]\nid = \"A\"\n[web]\npassword = \"zebra-7291\"", 3, "web")]
    [InlineData("[web]\nid = \"A\"\npasswords = [\"zebra-7291\"]", 3, "web.passwords")]
    [InlineData("[web]\nid = \"A\"\nday = 1979-05-27", 3, "web.day")]
    [InlineData("[web]\nid = \"A\"\ntime = 07:32:00", 3, "web.time")]
    [InlineData("[web]\nid = \"A\"\nmoment = 1979-05-27T07:32:00", 3, "web.moment")]
    [InlineData("password = \"zebra-7291\"\n[web]\nid = \"A\"", 1, "password")]
    [InlineData("passwords = [\"zebra-7291\"]", 1, "passwords")]
    [InlineData("[[web]]\nid = \"A\"", 1, "web")]
    [InlineData("[web]\nid = \"A\"\n[web.inner]\npassword = \"zebra-7291\"", 3, "web.inner")]
    [InlineData("[web]\nid = \"A\"\ninner.password = \"zebra-7291\"", 3, "web.inner")]
    [InlineData("[web]\nid = \"A\"\ninner = { password = \"zebra-7291\" }", 3, "web.inner")]
    [InlineData("[web]\nid = \"A\"\n[web.nested]\nid = \"B\"", 3, "web.nested")]
    [InlineData("[web]\nid = \"A\"\n\n[shop]\npassword = \"zebra-7291\"\nid = \"A\"", 6, "shop.id")]
    [InlineData("[web]\nid = \"A\"\n[shop]\nid = \"UPPER\"", 4, "shop.id")]
    [InlineData("[group.x]\nid = \"A\"\n[other]\nid = \"B\"\n[group.y]\nid = \"B\"", 6, "group.y.id")]
    [InlineData("[clients]\nweb = \"A\"\nshop = \"A\"\n[web]\n[shop]", 3, "clients.shop")]
    [InlineData("[clients]\nweb = \"A\"\n[web]\n[shop]\nid = \"A\"", 5, "shop.id")]
    [InlineData("[shop]\nid = \"A\"\n[clients]\nweb = \"A\"\n[web]", 4, "clients.web")]
    [InlineData("[clients]\nweb = \"A\"\n[web]\nid = \"B\"", 4, "web.id")]
    [InlineData("[web]\nid = \"A0\"", 2, "web.id")]
    [InlineData("[web]\nid = \"zebra-7291\"", 2, "web.id")]
    [InlineData("[web]\nid = \"\"", 2, "web.id")]
    [InlineData("[web]\nid = 7", 2, "web.id")]
    [InlineData("[web]\nid = [\"A\"]", 2, "web.id")]
    [InlineData("[clients]\nweb = \"zebra-7291\"\n[web]", 2, "clients.web")]
    [InlineData("[clients]\nweb = 7\n[web]", 2, "clients.web")]
    [InlineData("[clients.web]\nkey = \"A\"", 1, "clients.web")]
    [InlineData("[clients]\nweb = \"A\"\n[shop]\npassword = \"zebra-7291\"", 4, "shop.password")]
    [InlineData("[clients]\nweb = \"A\"\n\n[shop]", 4, "shop")]
    [InlineData("[group]\npassword = \"zebra-7291\"\n[group.web]\nid = \"A\"", 2, "group.password")]
    [InlineData("[group]\n[group.web]\nid = \"A\"\n[group.empty]", 4, "group.empty")]
    [InlineData("[web]\nid = \"A\"\n\"two words\" = []", 3, "web.\"two words\"")]
    [InlineData("[web]\nid = \"A\"\npassword = \"zebra-7291", 3, "web.password")]
    [InlineData("[web]\nid = \"A\"\npassword =", 3, "web.password")]
    [InlineData("[web]\nid = \"A\"\nnumber = 9223372036854775808", 3, "web.number")]
    [InlineData("[web]\nid = \"A\"\n\u0007", 3, null)]
    [InlineData("zebra-7291", 1, null)]
    [InlineData("clients = \"zebra-7291\"", 1, "clients")]
    public async Task Each_flaw_is_named_by_line_and_key_and_the_old_definition_is_still_served(string toml, int line, string? key)
    {
        var client = CofferClient.Make();
        var version = await App.DefineAsync(CofferCalls.ShardOf(client, "password = \"okapi\""), Ct);
        toml = toml
            .Replace("\"A\"", $"\"{A}\"", StringComparison.Ordinal)
            .Replace("\"A0\"", $"\"{A}0\"", StringComparison.Ordinal)
            .Replace("\"B\"", $"\"{B}\"", StringComparison.Ordinal)
            .Replace("\"UPPER\"", $"\"{UpperA}\"", StringComparison.Ordinal);

        using var answer = await App.PutTomlAsync(toml, Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "definition-invalid", Ct);
        Assert.Equal((line, key), (problem.GetProperty("line").GetInt32(), problem.GetProperty("key").GetString()));
        var told = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain(Value, told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(A, told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(App.LogLines, logged => logged.Contains(Value, StringComparison.Ordinal));
        Assert.Equal(version, await App.CofferVersionAsync(Ct));
        Assert.Equal("okapi", (await App.SecretsOfAsync(client, Ct))["password"]);
    }

    [Fact]
    public async Task The_first_flaw_by_line_is_told_in_sealed_definitions_too_and_does_not_spend_the_box()
    {
        var body = await App.SealAsync($"[a]\nid = \"{A}\"\nx = []\n[clients]\nbad = 7\n", Ct);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await App.Administrator.PutDefinitionAsync(body, CofferCalls.Bytes, Ct);
            var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "definition-invalid", Ct);
            Assert.Equal((3, "a.x"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("key").GetString()));
        }
    }

    [Fact]
    public async Task A_key_may_have_1024_bytes_and_no_more()
    {
        var client = CofferClient.Make();
        var longest = string.Concat(Enumerable.Repeat("é", 512));
        await App.DefineAsync(CofferCalls.ShardOf(client, $"\"{longest}\" = 1"), Ct);
        Assert.Equal([longest], (await App.SecretsOfAsync(client, Ct)).Keys);

        using var answer = await App.PutTomlAsync(CofferCalls.ShardOf(client, $"\"{longest}x\" = 1"), Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "definition-invalid", Ct);
        Assert.Equal((3, "web"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task A_table_of_the_name_id_is_one_of_a_group()
    {
        var client = CofferClient.Make();
        await App.DefineAsync(CofferCalls.ShardOf(client, "password = 1", "group.id"), Ct);

        Assert.Equal("group.id", (await App.ShardAsync(client, Ct)).GetProperty("name").GetString());
    }
}
