using System.Buffers.Binary;
using System.Net;
using System.Text;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class FetchingSecretsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_client_gets_the_values_of_its_shard_with_their_types()
    {
        var client = CofferClient.Make();
        var version = await App.DefineAsync(
            CofferCalls.ShardOf(
                client,
                """
                text = "schlüssel ✓ 🗝 \u0000 end"
                empty = ""
                most = 9223372036854775807
                least = -9223372036854775808
                zero = 0
                precise = 0.1
                large = 1.7976931348623157e308
                small = 5e-324
                whole = 3.0
                minus = -0.0
                infinite = inf
                unlimited = -inf
                none = nan
                on = true
                off = false
                date = 2026-11-21T20:19:00.1234567+01:00
                """),
            Ct);

        var fields = CofferFields.Of(App.Clock.GetUtcNow()).With("challenge", static cbor => cbor.WriteByteString("sixteen bytes ok"u8));
        var content = await App.SecretsOfAsync(client, Ct, fields);

        Assert.Equal("sixteen bytes ok"u8, content.Challenge);
        Assert.Equal((ulong)App.Clock.GetUtcNow().ToUnixTimeSeconds(), content.Timecode);
        Assert.Equal((ulong)version, content.Version);
        Assert.Equal("schlüssel ✓ 🗝 \0 end", content["text"]);
        Assert.Equal(string.Empty, content["empty"]);
        Assert.Equal(long.MaxValue, content["most"]);
        Assert.Equal(long.MinValue, content["least"]);
        Assert.Equal(0L, content["zero"]);
        Assert.Equal(0.1, content["precise"]);
        Assert.Equal(double.MaxValue, content["large"]);
        Assert.Equal(double.Epsilon, content["small"]);
        Assert.Equal(3.0, Assert.IsType<double>(content["whole"]));
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(Assert.IsType<double>(content["minus"])));
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), (content["infinite"], content["unlimited"]));
        Assert.True(double.IsNaN(Assert.IsType<double>(content["none"])));
        Assert.Equal((true, false), (content["on"], content["off"]));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero).AddTicks(1234567), Assert.IsType<DateTimeOffset>(content["date"]));
    }

    [Fact]
    public async Task A_request_may_be_in_any_spelling_of_its_cbor()
    {
        var client = CofferClient.Make();
        await App.DefineAsync(CofferCalls.ShardOf(client, "a = 1"), Ct);
        var timecode = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(timecode, App.Clock.GetUtcNow().ToUnixTimeSeconds());
        byte[] plaintext =
        [
            0xbf, // A map and its strings in chunks, lengths and numbers wider than they need be.
            0x7f, 0x61, (byte)'o', 0x61, (byte)'p', 0xff, 0x7f, 0x78, 2, .. "ge"u8, 0x61, (byte)'t', 0xff,
            0x78, 9, .. "challenge"u8, 0x5f, 0x47, .. "sixteen"u8, 0x40, 0x49, .. " bytes ok"u8, 0xff,
            0x79, 0, 8, .. "timecode"u8, 0x1b, .. timecode,
            0xff,
        ];

        using var answer = await App.PostSecretsAsync(client.Box(plaintext, await App.ServerKeyAsync(Ct)), Ct);

        var content = await App.OpenAsync(client, answer, Ct);
        Assert.Equal("sixteen bytes ok"u8, content.Challenge);
        Assert.Equal(1L, content["a"]);
    }

    [Fact]
    public async Task Secrets_are_sorted_by_the_bytes_of_their_keys()
    {
        var client = CofferClient.Make();
        string[] keys = ["b", "a.b", "", "😀", "ﬀ", "B", "ä", "a\0", "a", "a/b", "\uE000", "a%2Fb"];
        await App.DefineAsync(CofferCalls.ShardOf(client, string.Join('\n', keys.Select(key => $"\"{key.Replace("\0", "\\u0000", StringComparison.Ordinal)}\" = 1"))), Ct);

        var content = await App.SecretsOfAsync(client, Ct);

        Assert.Equal(keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal), content.Keys);
        Assert.Equal(content.Keys, (await App.ShardAsync(client, Ct)).GetProperty("secrets").EnumerateArray().Select(secret => secret.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Each_client_gets_its_own_shard_of_three_in_both_forms_and_nested_tables()
    {
        var (design, table, nested) = (CofferClient.Make(), CofferClient.Make(), CofferClient.Make());
        await App.DefineAsync(
            $"""
             [clients]
             billing = "{design.Id.ToUpperInvariant()}"
             [production.europe.web]
             id = "{nested.Id}"
             password = "of the nested one"
             port = 5432
             [billing]
             password = "of the design's"
             [shop]
             password = "of the table's"
             id = "{table.Id}"
             """,
            Ct);

        Assert.Equal([KeyValuePair.Create<string, object>("password", "of the design's")], (await App.SecretsOfAsync(design, Ct)).Secrets);
        Assert.Equal([KeyValuePair.Create<string, object>("password", "of the table's")], (await App.SecretsOfAsync(table, Ct)).Secrets);
        Assert.Equal(
            [KeyValuePair.Create<string, object>("password", "of the nested one"), KeyValuePair.Create<string, object>("port", 5432L)],
            (await App.SecretsOfAsync(nested, Ct)).Secrets);
        Assert.Equal("production.europe.web", (await App.ShardAsync(nested, Ct)).GetProperty("name").GetString());
        Assert.Equal("billing", (await App.ShardAsync(design, Ct)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_shard_may_be_empty_and_the_clients_may_be_none()
    {
        var (client, named) = (CofferClient.Make(), CofferClient.Make());
        using var answer = await App.PutTomlAsync($"{CofferCalls.ShardOf(client, string.Empty)}[clients]\nother = \"{named.Id}\"", Ct);

        var defined = await answer.IsAsync(HttpStatusCode.OK, Ct);

        Assert.Equal((2, 0), (defined.GetProperty("shards").GetInt32(), defined.GetProperty("secrets").GetInt32()));
        Assert.Empty((await App.SecretsOfAsync(client, Ct)).Secrets);
        Assert.Empty((await App.SecretsOfAsync(named, Ct)).Secrets);
        using var none = await App.PutTomlAsync("[clients]", Ct);
        Assert.Equal(0, (await none.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("shards").GetInt32());
    }

    [Fact]
    public async Task An_answer_opens_for_nobody_else()
    {
        var (client, other) = (CofferClient.Make(), CofferClient.Make());
        await App.DefineAsync(CofferCalls.ShardOf(client, "password = \"zebra\"") + CofferCalls.ShardOf(other, "password = \"okapi\"", "other"), Ct);

        using var answer = await App.AskAsync(client, Ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);

        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => other.Open(bytes, App.ServerKeyAsync(Ct).Result));
        Assert.Equal("zebra", (await App.OpenAsync(client, answer, Ct))["password"]);
        Assert.Equal("okapi", (await App.SecretsOfAsync(other, Ct))["password"]);
    }

    public sealed class OnSqlite() : FetchingSecretsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : FetchingSecretsTests(DatabaseProvider.Postgres);
}
