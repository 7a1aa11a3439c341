using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

/// <summary>Answers that are given before the operation runs store nothing, and malformed keys are refused.</summary>
public abstract class FreeIdempotencyKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Key = "the-key";

    private readonly string _hash = MachineCalls.NewHash();

    protected override (string Name, string Value)[] Settings =>
    [
        ("RateLimits:Enabled", "true"),
        ("RateLimits:AnonymousPerMinute", "3"),
        ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"),
    ];

    [Fact]
    public async Task An_invalid_request_leaves_its_key_free()
    {
        using var unreadable = await PostAsync("{", "10.0.0.1");
        using var invalid = await PostAsync("""{"machineRegisterHash":"x"}""", "10.0.0.1");

        await unreadable.InvalidAsync(Ct, "$");
        await invalid.InvalidAsync(Ct, "machineRegisterHash");
        await IsFreeAsync();
    }

    [Fact]
    public async Task A_refused_credential_leaves_the_key_free()
    {
        using var refused = await PostAsync(KeyedCalls.Registration(_hash), "10.0.0.1", ("Authorization", "Bearer nonsense"));
        using var missing = await RepositoryApp.SendAsync(
            App.Anonymous,
            HttpMethod.Patch,
            $"/v1/machines/{_hash}",
            """{"hashState":0}""",
            Ct,
            ("Idempotency-Key", Key));

        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        await missing.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        await IsFreeAsync();
    }

    [Fact]
    public async Task A_body_too_large_leaves_the_key_free()
    {
        using var refused = await RawHttp.SendAsync(
            App,
            "POST /v1/machines",
            ["Content-Type: application/json", "Content-Length: 1048577", $"Idempotency-Key: {Key}"],
            [],
            Ct);

        await refused.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
        await IsFreeAsync();
    }

    [Fact]
    public async Task Another_content_type_leaves_the_key_free()
    {
        using var content = new StringContent(KeyedCalls.Registration(_hash));
        content.Headers.Add("Idempotency-Key", Key);

        using var refused = await App.Anonymous.PostAsync("/v1/machines", content, Ct);

        await refused.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
        await IsFreeAsync();
    }

    [Fact]
    [Shows("rate-limited")]
    public async Task A_limited_request_leaves_its_key_free()
    {
        for (var i = 0; i < 3; i++)
        {
            using var spent = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Get, "/health/live", null, Ct, ("X-Forwarded-For", "10.0.0.1"));
        }

        using var refused = await PostAsync(KeyedCalls.Registration(_hash), "10.0.0.1");

        await refused.RefusedAsync(HttpStatusCode.TooManyRequests, "rate-limited", Ct);
        await IsFreeAsync();
    }

    [Fact]
    public async Task A_malformed_key_is_refused_and_nothing_happens()
    {
        string[] malformed = ["", new string('k', 256), "two words", "tab\there", "del\u007f", "k\u00e9y", "\u00c3\u00a9"];
        foreach (var (at, key) in malformed.Index())
        {
            using var answer = await RawAsync(at, $"Idempotency-Key: {key}");

            await answer.InvalidAsync(Ct, "Idempotency-Key");
        }

        using var two = await RawAsync(100, "Idempotency-Key: one", "Idempotency-Key: one");

        await two.InvalidAsync(Ct, "Idempotency-Key");
        Assert.Empty(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task A_malformed_key_is_refused_on_a_verify_too()
    {
        var (hash, date) = await App.RegisterAsync(Ct);

        using var answer = await App.PostVerifyAsync(hash, date, Ct, null, ("Idempotency-Key", "two words"));

        await answer.InvalidAsync(Ct, "Idempotency-Key");
        await App.VerifyAsync(hash, date, Ct);
    }

    [Fact]
    public async Task Keys_of_1_and_of_255_characters_are_kept()
    {
        foreach (var key in (string[])["!", new string('~', 255)])
        {
            var hash = MachineCalls.NewHash();
            using var first = await PostAsync(KeyedCalls.Registration(hash), "10.0.0.3", ("Idempotency-Key", key));

            using var again = await PostAsync(KeyedCalls.Registration(hash), "10.0.0.4", ("Idempotency-Key", key));

            await again.AssertReplaysAsync(first, Ct);
        }
    }

    /// <summary>The key, sent from another address, is as good as new.</summary>
    private async Task IsFreeAsync()
    {
        using var first = await PostAsync(KeyedCalls.Registration(_hash), "10.0.0.2");
        Assert.False(first.IsReplay());
        await first.IsAsync(HttpStatusCode.Created, Ct);
        using var again = await PostAsync(KeyedCalls.Registration(_hash), "10.0.0.2");
        await again.AssertReplaysAsync(first, Ct);
    }

    private Task<HttpResponseMessage> PostAsync(string json, string address, params (string Name, string Value)[] headers)
    {
        (string Name, string Value)[] key = headers.Any(header => header.Name is "Idempotency-Key") ? [] : [("Idempotency-Key", Key)];
        return RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, "/v1/machines", json, Ct, [("X-Forwarded-For", address), .. key, .. headers]);
    }

    private Task<HttpResponseMessage> RawAsync(int at, params string[] lines)
    {
        var body = BodyCalls.RegistrationOf(_hash, 0);
        return RawHttp.SendAsync(
            App,
            "POST /v1/machines",
            ["Content-Type: application/json", $"Content-Length: {body.Length}", $"X-Forwarded-For: 10.0.1.{at}", .. lines],
            body,
            Ct);
    }

    public sealed class OnSqlite() : FreeIdempotencyKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : FreeIdempotencyKeysTests(DatabaseProvider.Postgres);
}
