using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

/// <summary>Requests with an <c>Idempotency-Key</c>.</summary>
internal static class KeyedCalls
{
    public static string Registration(string hash) => $$"""{"machineRegisterHash":"{{hash}}"}""";

    public static Task<HttpResponseMessage> PostKeyedAsync(this HttpClient client, string path, string json, string key, CancellationToken ct) =>
        RepositoryApp.SendAsync(client, HttpMethod.Post, path, json, ct, ("Idempotency-Key", key));

    public static Task<HttpResponseMessage> RegisterKeyedAsync(this HttpClient client, string hash, string key, CancellationToken ct) =>
        client.PostKeyedAsync("/v1/machines", Registration(hash), key, ct);

    public static Task<HttpResponseMessage> PatchKeyedAsync(this HttpClient client, string hash, int state, string key, CancellationToken ct) =>
        RepositoryApp.SendAsync(client, HttpMethod.Patch, $"/v1/machines/{hash}", $$"""{"hashState":{{state}}}""", ct, ("Idempotency-Key", key));

    /// <summary>The second answer is the first one, given again: same status, <c>Location</c>, <c>ETag</c>, type and body.</summary>
    public static async Task AssertReplaysAsync(this HttpResponseMessage again, HttpResponseMessage first, CancellationToken ct)
    {
        Assert.True(again.IsReplay(), $"{again.StatusCode} is no replay: {await again.Content.ReadAsStringAsync(ct)}");
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.All(["Location", "ETag", "Content-Type", "Content-Length"], name => Assert.Equal(first.HeaderOf(name), again.HeaderOf(name)));
        Assert.Equal(await first.Content.ReadAsStringAsync(ct), await again.Content.ReadAsStringAsync(ct));
    }
}
