using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

public abstract class FetchingOverTcpTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Everything =
        """
        text = "grün\u0000€𝄞"
        small = -2147483648
        half = -0.0
        flag = true
        double = 0.1
        date = 2026-11-28T12:00:00+02:00
        big = 9223372036854775807
        "" = ""
        """;

    private const string DesignText =
        "[{\"key\": \"\", \"value\": \"\"}, {\"key\": \"big\", \"value\": 9223372036854775807}, "
        + "{\"key\": \"date\", \"value\": 0(\"2026-11-28T10:00:00.0000000Z\")}, {\"key\": \"double\", \"value\": 0.1_3}, "
        + "{\"key\": \"flag\", \"value\": true}, {\"key\": \"half\", \"value\": -0_1}, {\"key\": \"small\", \"value\": -2147483648}, "
        + "{\"key\": \"text\", \"value\": \"grün\0€𝄞\"}]";

    private const string ClassicText =
        "[[\"\", {\"String\": \"\"}], [\"flag\", {\"Boolean\": true}], [\"half\", {\"Float\": -0_1}], "
        + "[\"small\", {\"Integer\": -2147483648}], [\"text\", {\"String\": \"grün\0€𝄞\"}]]";

    private readonly CofferClient _key = CofferClient.Make();

    protected override (string Name, string Value)[] Settings => [("Coffer:ClassicDialect", "true")];

    [Fact]
    public async Task The_design_dialect_gives_a_client_its_secrets_however_the_frames_come()
    {
        await DefineAsync(Everything);
        byte[][] frames = [Design(Hello, _key.PublicKey), Design(Get), Design(Get), Design(Bye, 1, 2, 3)];
        foreach (var isSlow in (bool[])[false, true])
        {
            using var client = await ConnectAsync(App, Ct);

            await (isSlow ? client.SendSlowlyAsync(Ct, frames) : client.SendAsync(Ct, frames));

            await client.IsLinkedAsync(Ct);
            Assert.Equal(DesignText, await client.ReadSecretsAsync(_key, Ct));
            Assert.Equal(DesignText, await client.ReadSecretsAsync(_key, Ct));
            await client.IsClosedAsync(Ct);
        }
    }

    [Fact]
    public async Task The_classic_dialect_gives_a_client_what_fits_however_the_frames_come()
    {
        await DefineAsync(Everything);
        byte[][] frames = [Classic(Hello, _key.PublicKey), Classic(Get), Classic(Get), Classic(Bye, 1, 2, 3)];
        foreach (var isSlow in (bool[])[false, true])
        {
            using var client = await ConnectAsync(App, Ct);

            await (isSlow ? client.SendSlowlyAsync(Ct, frames) : client.SendAsync(Ct, frames));

            Assert.Equal(ClassicText, await client.ReadClassicSecretsAsync(_key, Ct));
            Assert.Equal(ClassicText, await client.ReadClassicSecretsAsync(_key, Ct));
            await client.IsClosedAsync(Ct);
        }

        Assert.All(["big", "date", "double"], key =>
            Assert.Single(App.LogLines, line => line.Contains($"The secret {key} of shard {_key.Id} does not fit", StringComparison.Ordinal)));
        Assert.DoesNotContain(App.LogLines, line => line.Contains("9223372036854775807", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_has_said_its_last_word_is_still_answered()
    {
        await DefineAsync("a = 1");
        using var design = await ConnectAsync(App, Ct);
        using var classic = await ConnectAsync(App, Ct);
        await design.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get));
        await classic.SendAsync(Ct, Classic(Hello, _key.PublicKey), Classic(Get));
        design.EndSending();
        classic.EndSending();

        await design.IsLinkedAsync(Ct);
        Assert.Equal("[{\"key\": \"a\", \"value\": 1}]", await design.ReadSecretsAsync(_key, Ct));
        await design.IsClosedAsync(Ct);
        Assert.Equal("[[\"a\", {\"Integer\": 1}]]", await classic.ReadClassicSecretsAsync(_key, Ct));
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task A_change_counts_from_the_next_get_on_and_a_removal_too()
    {
        await DefineAsync(string.Empty);
        using var design = await ConnectAsync(App, Ct);
        using var classic = await ConnectAsync(App, Ct);
        await design.SendAsync(Ct, Design(Hello, _key.PublicKey));
        await design.IsLinkedAsync(Ct);
        await classic.SendAsync(Ct, Classic(Hello, _key.PublicKey));
        for (var i = 0; i < 3; i++)
        {
            await DefineAsync($"a = {i}");
            await design.SendAsync(Ct, Design(Get));
            Assert.Equal($"[{{\"key\": \"a\", \"value\": {i}}}]", await design.ReadSecretsAsync(_key, Ct));
            await classic.SendAsync(Ct, Classic(Get));
            Assert.Equal($"[[\"a\", {{\"Integer\": {i}}}]]", await classic.ReadClassicSecretsAsync(_key, Ct));
        }

        await App.DefineAsync(string.Empty, Ct);

        await design.SendAsync(Ct, Design(Get));
        var (type, body) = await design.ReadDesignAsync(Ct);
        Assert.Equal((KeyNotFound, Convert.ToHexStringLower(_key.PublicKey)), (type, Convert.ToHexStringLower(body)));
        await design.IsClosedAsync(Ct);
        await classic.SendAsync(Ct, Classic(Get));
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task An_empty_shard_is_an_empty_list()
    {
        await DefineAsync(string.Empty);
        using var design = await ConnectAsync(App, Ct);
        using var classic = await ConnectAsync(App, Ct);

        await design.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get));
        await classic.SendAsync(Ct, Classic(Hello, _key.PublicKey), Classic(Get));

        await design.IsLinkedAsync(Ct);
        Assert.Equal("[]", await design.ReadSecretsAsync(_key, Ct));
        Assert.Equal("[]", await classic.ReadClassicSecretsAsync(_key, Ct));
    }

    [Fact]
    public async Task Many_clients_at_once_each_get_their_own_and_nobody_elses()
    {
        var keys = Enumerable.Range(0, 16).Select(_ => CofferClient.Make()).ToArray();
        await App.DefineAsync(string.Concat(keys.Index().Select(static one => CofferCalls.ShardOf(one.Item, $"mine = {one.Index}", $"n{one.Index}"))), Ct);

        var serverKey = await App.ServerKeyAsync(Ct);
        await Task.WhenAll(keys.Index().Select(async one =>
        {
            using var client = await ConnectAsync(App, Ct);
            var another = keys[(one.Index + 1) % keys.Length];
            await client.SendAsync(Ct, [Design(Hello, one.Item.PublicKey), .. Enumerable.Repeat(Design(Get), 20)]);
            await client.IsLinkedAsync(Ct);
            for (var i = 0; i < 19; i++)
            {
                Assert.Equal($"[{{\"key\": \"mine\", \"value\": {one.Index}}}]", await client.ReadSecretsAsync(one.Item, Ct));
            }

            var (_, body) = await client.ReadDesignAsync(Ct);
            Assert.Null(ClientSodium.OpenBox(body, serverKey, another.PrivateKey));
        }));
    }

    private Task<long> DefineAsync(string secrets) => App.DefineAsync(CofferCalls.ShardOf(_key, secrets), Ct);

    public sealed class OnSqlite() : FetchingOverTcpTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : FetchingOverTcpTests(DatabaseProvider.Postgres);
}
