using System.Formats.Cbor;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class RefusedFetchesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly CofferClient _client = CofferClient.Make();

    [Fact]
    [Shows("seal-broken")]
    public async Task What_does_not_open_is_refused_alike_whatever_is_wrong_with_it()
    {
        await DefineAsync();
        var body = await App.BoxAsync(_client, Ct);
        List<byte[]> bodies = [[], new byte[71], body[..71], body[..^1], [.. body, 0], new byte[body.Length]];
        bodies.AddRange(Enumerable.Range(0, body.Length).SelectMany(at => new[] { Flipped(body, at, 0x01), Flipped(body, at, 0x80) }));
        bodies.Add(_client.Box(CofferFields.Of(App.Clock.GetUtcNow()).Encode(), CofferClient.Make().PublicKey)); // For another server.
        bodies.Add([.. CofferClient.Make().PublicKey, .. body[32..]]);
        bodies.AddRange(SmallOrder.Select(point => (byte[])[.. point, .. body[32..]]));

        string? refusal = null;
        foreach (var broken in bodies)
        {
            using var answer = await App.PostSecretsAsync(broken, Ct);
            await answer.RefusedAsync(HttpStatusCode.BadRequest, "seal-broken", Ct);
            var told = WithoutTrace(await answer.Content.ReadAsStringAsync(Ct));
            refusal ??= told;
            Assert.Equal(refusal, told);
        }

        using var genuine = await App.PostSecretsAsync(body, Ct); // Nothing of all that has spent it.
        Assert.Equal("zebra", (await App.OpenAsync(_client, genuine, Ct))["password"]);
    }

    [Fact]
    public async Task Something_else_in_the_box_is_not_valid_and_spends_nothing()
    {
        await DefineAsync();
        var now = App.Clock.GetUtcNow();
        var whole = CofferFields.Of(now).Encode();
        byte[][] wrong =
        [
            [],
            [.. whole, 0],
            whole[..^1],
            [0x80],
            [0xff],
            [0xbf, .. whole[1..]],
            CofferFields.Of(now).With("op", "put").Encode(),
            CofferFields.Of(now).With("op", static cbor => cbor.WriteByteString("get"u8)).Encode(),
            CofferFields.Of(now).Without("op").Encode(),
            CofferFields.Of(now).Without("challenge").Encode(),
            CofferFields.Of(now).Without("timecode").Encode(),
            CofferFields.Of(now).And("op", static cbor => cbor.WriteTextString("get")).Encode(),
            [0xa4, .. whole[1..], 0x78, 2, .. "op"u8, 0x63, .. "get"u8], // The same field by another spelling of its length.
            [0xbf, .. whole[1..], 0x79, 0, 2, .. "op"u8, 0x63, .. "get"u8, 0xff],
            CofferFields.Of(now).And("more", static cbor => cbor.WriteBoolean(value: true)).Encode(),
            CofferFields.Of(now).With("challenge", static cbor => cbor.WriteByteString(new byte[15])).Encode(),
            CofferFields.Of(now).With("challenge", static cbor => cbor.WriteByteString(new byte[17])).Encode(),
            CofferFields.Of(now).With("challenge", "sixteen letters.").Encode(),
            CofferFields.Of(now).With("timecode", static cbor => cbor.WriteInt64(-1)).Encode(),
            CofferFields.Of(now).With("timecode", cbor => cbor.WriteDouble(now.ToUnixTimeSeconds() + 0.5)).Encode(),
            CofferFields.Of(now).With("timecode", "1700000000").Encode(),
            CofferFields.Of(now).With("machine", new string('A', 64)).Encode(),
            CofferFields.Of(now).With("cap", "short").Encode(),
            CofferFields.Of(now).With("cap", static cbor => cbor.WriteNull()).Encode(),
        ];
        var nonce = new byte[24];

        foreach (var plaintext in wrong)
        {
            using var answer = await App.PostSecretsAsync(_client.Box(plaintext, await App.ServerKeyAsync(Ct), nonce), Ct);
            await answer.InvalidAsync(Ct, "$");
        }

        using var genuine = await App.PostSecretsAsync(await App.BoxAsync(_client, Ct, nonce: nonce), Ct);
        await App.OpenAsync(_client, genuine, Ct);
    }

    [Theory]
    [Shows("request-stale")]
    [InlineData(901)]
    [InlineData(-901)]
    [InlineData(100_000_000)]
    public async Task A_timecode_too_far_off_is_stale_and_spends_nothing(int seconds)
    {
        await DefineAsync();
        var nonce = new byte[24];
        using var stale = await App.PostSecretsAsync(await App.BoxAsync(_client, Ct, FieldsOff(seconds), nonce), Ct);

        await stale.RefusedAsync(HttpStatusCode.BadRequest, "request-stale", Ct);

        using var genuine = await App.PostSecretsAsync(await App.BoxAsync(_client, Ct, FieldsOff(Math.Sign(seconds) * 900), nonce), Ct);
        await App.OpenAsync(_client, genuine, Ct);
    }

    [Fact]
    public async Task A_timecode_beyond_all_dates_is_stale()
    {
        await DefineAsync();
        foreach (var timecode in (ulong[])[ulong.MaxValue, long.MaxValue, 0])
        {
            using var stale = await App.AskAsync(_client, Ct, CofferFields.Of(0).With("timecode", cbor => cbor.WriteUInt64(timecode)));
            await stale.RefusedAsync(HttpStatusCode.BadRequest, "request-stale", Ct);
        }
    }

    [Fact]
    [Shows("request-replayed")]
    public async Task A_request_is_answered_once_also_after_a_restart_and_in_other_words()
    {
        await DefineAsync();
        var nonce = new byte[24];
        var body = await App.BoxAsync(_client, Ct, nonce: nonce);
        using var first = await App.PostSecretsAsync(body, Ct);
        await App.OpenAsync(_client, first, Ct);

        using var again = await App.PostSecretsAsync(body, Ct);
        await App.RestartAsync(Ct);
        using var restarted = await App.PostSecretsAsync(body, Ct);
        using var reworded = await App.PostSecretsAsync(await App.BoxAsync(_client, Ct, FieldsOff(3), nonce), Ct);

        foreach (var refused in new[] { again, restarted, reworded })
        {
            await refused.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
        }
    }

    [Fact]
    public async Task Of_sixteen_at_once_with_one_request_one_is_answered()
    {
        await DefineAsync();
        var body = await App.BoxAsync(_client, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.PostSecretsAsync(body, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
        }
    }

    [Fact]
    [Shows("shard-unknown")]
    public async Task That_there_is_no_shard_is_told_to_who_holds_the_key_and_the_request_is_spent()
    {
        await DefineAsync();
        var stranger = CofferClient.Make();
        var body = await App.BoxAsync(stranger, Ct);

        using var unknown = await App.PostSecretsAsync(body, Ct);
        using var again = await App.PostSecretsAsync(body, Ct);

        await unknown.RefusedAsync(HttpStatusCode.NotFound, "shard-unknown", Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
    }

    [Fact]
    public async Task The_header_that_makes_repeats_safe_does_not_make_this_one_so()
    {
        await DefineAsync();
        var body = await App.BoxAsync(_client, Ct);
        using var first = await App.Anonymous.SendBytesAsync(HttpMethod.Post, "/v1/coffer/secrets", body, CofferCalls.Bytes, Ct, ("Idempotency-Key", "k"));
        using var again = await App.Anonymous.SendBytesAsync(HttpMethod.Post, "/v1/coffer/secrets", body, CofferCalls.Bytes, Ct, ("Idempotency-Key", "k"));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await again.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
        using var json = await App.Anonymous.SendBytesAsync(HttpMethod.Post, "/v1/coffer/secrets", body, "application/json", Ct);
        await json.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
    }

    [Fact]
    public async Task A_spent_request_is_forgotten_once_no_clock_calls_it_fresh()
    {
        await DefineAsync();
        var body = await App.BoxAsync(_client, Ct, FieldsOff(900));
        using var first = await App.PostSecretsAsync(body, Ct);
        await App.OpenAsync(_client, first, Ct);

        App.Clock.Advance(TimeSpan.FromSeconds(1800)); // The last second at which it is fresh.
        await SweepAsync();
        using var replayed = await App.PostSecretsAsync(body, Ct);
        await replayed.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        using var stale = await App.PostSecretsAsync(body, Ct);
        await stale.RefusedAsync(HttpStatusCode.BadRequest, "request-stale", Ct);
        await SweepAsync();
        Assert.Equal(1, await CountAsync());
        App.Clock.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync();
        Assert.Equal(0, await CountAsync());
    }

    /// <summary>The points of order 1, 2, 4 and 8, as libsodium lists them.</summary>
    private static IEnumerable<byte[]> SmallOrder =>
    [
        new byte[32],
        [1, .. new byte[31]],
        Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        Convert.FromHexString("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    private static byte[] Flipped(byte[] body, int at, byte bits)
    {
        var changed = body.ToArray();
        changed[at] ^= bits;
        return changed;
    }

    private static string WithoutTrace(string problem) => problem[..problem.IndexOf("\"traceId\"", StringComparison.Ordinal)];

    private Task<long> DefineAsync() => App.DefineAsync(CofferCalls.ShardOf(_client, "password = \"zebra\""), Ct);

    private CofferFields FieldsOff(int seconds) => CofferFields.Of(App.Clock.GetUtcNow().AddSeconds(seconds));

    private Task SweepAsync() => App.Services.GetRequiredService<SpentRequestSweeper>().RunOnceAsync(Ct);

    private async Task<int> CountAsync() =>
        Convert.ToInt32(await App.ScalarSqlAsync("SELECT COUNT(*) FROM coffer_requests", Ct), CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : RefusedFetchesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RefusedFetchesTests(DatabaseProvider.Postgres);
}
