using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Coffer;

/// <summary>What clients, companions and administrators do with the coffer.</summary>
internal static class CofferCalls
{
    public const string Path = "/v1/coffer";
    public const string Bytes = "application/octet-stream";
    public const string Toml = "application/toml";

    /// <summary>A definition in the table form, of one shard.</summary>
    public static string ShardOf(CofferClient client, string secrets, string name = "web") => $"[{name}]\nid = \"{client.Id}\"\n{secrets}\n";

    /// <summary>A file of the published Rust project.</summary>
    public static Task<byte[]> VectorAsync(string name, CancellationToken ct) =>
        File.ReadAllBytesAsync(System.IO.Path.Combine(SourceTree.Root, "Api.Tests", "Coffer", "Vectors", $"upstream-1bba95f-{name}"), ct);

    public static Task<HttpResponseMessage> SendBytesAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        byte[] body,
        string contentType,
        CancellationToken ct,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request, ct);
    }

    public static Task<HttpResponseMessage> PutDefinitionAsync(
        this HttpClient client,
        byte[] body,
        string contentType,
        CancellationToken ct,
        params (string Name, string Value)[] headers) =>
        client.SendBytesAsync(HttpMethod.Put, $"{Path}/definition", body, contentType, ct, headers);

    public static string SecretPath(CofferClient shard, string key) => $"{Path}/shards/{shard.Id}/secrets/{Uri.EscapeDataString(key)}";

    extension(RepositoryApp app)
    {
        public async Task<JsonElement> CofferAsync(CancellationToken ct)
        {
            using var answer = await app.Anonymous.GetAsync(Path, ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        public async Task<byte[]> ServerKeyAsync(CancellationToken ct) =>
            Convert.FromHexString((await app.CofferAsync(ct)).GetProperty("publicKey").GetString()!);

        public async Task<long> CofferVersionAsync(CancellationToken ct) => (await app.CofferAsync(ct)).GetProperty("version").GetInt64();

        /// <summary>Uploads plain TOML as the administrator.</summary>
        public Task<HttpResponseMessage> PutTomlAsync(string toml, CancellationToken ct) =>
            app.Administrator.PutDefinitionAsync(Encoding.UTF8.GetBytes(toml), Toml, ct);

        /// <summary>Uploads plain TOML that is accepted.</summary>
        /// <returns>The version.</returns>
        public async Task<long> DefineAsync(string toml, CancellationToken ct)
        {
            using var answer = await app.PutTomlAsync(toml, ct);
            return (await answer.IsAsync(HttpStatusCode.OK, ct)).GetProperty("version").GetInt64();
        }

        /// <summary>Seals TOML to the server's key.</summary>
        public async Task<byte[]> SealAsync(string toml, CancellationToken ct)
        {
            var serverKey = await app.ServerKeyAsync(ct);
            return ClientSodium.SealBox(Encoding.UTF8.GetBytes(toml), serverKey);
        }

        public async Task RegisterCompanionAsync(CofferClient companion, CancellationToken ct)
        {
            using var answer = await RepositoryApp.SendAsync(app.Administrator, HttpMethod.Put, $"{Path}/companions/{companion.Id}", "{}", ct);
            await answer.IsAsync(HttpStatusCode.Created, ct);
        }

        /// <summary>Boxes a request of a client's.</summary>
        public async Task<byte[]> BoxAsync(CofferClient client, CancellationToken ct, CofferFields? fields = null, byte[]? nonce = null) =>
            client.Box((fields ?? CofferFields.Of(app.Clock.GetUtcNow())).Encode(), await app.ServerKeyAsync(ct), nonce);

        public Task<HttpResponseMessage> PostSecretsAsync(byte[] body, CancellationToken ct) =>
            app.Anonymous.SendBytesAsync(HttpMethod.Post, $"{Path}/secrets", body, Bytes, ct);

        /// <summary>Asks as a client does.</summary>
        public async Task<HttpResponseMessage> AskAsync(CofferClient client, CancellationToken ct, CofferFields? fields = null) =>
            await app.PostSecretsAsync(await app.BoxAsync(client, ct, fields), ct);

        /// <summary>A client's secrets.</summary>
        public async Task<CofferContent> SecretsOfAsync(CofferClient client, CancellationToken ct, CofferFields? fields = null)
        {
            using var answer = await app.AskAsync(client, ct, fields);
            return await app.OpenAsync(client, answer, ct);
        }

        /// <summary>Opens an answer of the server's.</summary>
        public async Task<CofferContent> OpenAsync(CofferClient client, HttpResponseMessage answer, CancellationToken ct)
        {
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(ct));
            Assert.Equal(Bytes, answer.Content.Headers.ContentType?.ToString());
            return client.Open(await answer.Content.ReadAsByteArrayAsync(ct), await app.ServerKeyAsync(ct));
        }

        public async Task<JsonElement> ShardAsync(CofferClient client, CancellationToken ct)
        {
            using var answer = await app.Administrator.GetAsync($"{Path}/shards/{client.Id}", ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        public Task<HttpResponseMessage> PutSecretAsync(CofferClient shard, string key, string json, CancellationToken ct) =>
            RepositoryApp.SendAsync(app.Administrator, HttpMethod.Put, SecretPath(shard, key), json, ct);

        public Task<HttpResponseMessage> PutLicenceAsync(CofferClient shard, string software, CancellationToken ct) => RepositoryApp.SendAsync(
            app.Administrator,
            HttpMethod.Put,
            $"{Path}/shards/{shard.Id}/licence",
            $$"""{"softwareGuid":"{{software}}"}""",
            ct);
    }
}
