using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Resources;

namespace Repository.Api.Tests.Resources;

/// <summary>A resource and an instance of it, which has a login token.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="Instance">Calls with the login token.</param>
internal sealed record TestResource(string Owner, string Guid, HttpClient Instance)
{
    public string TokenPath => $"/v1/resources/{Guid}/machine-token";

    public Task<HttpResponseMessage> PostTokenAsync(string? json, CancellationToken ct, params (string Name, string Value)[] headers) =>
        RepositoryApp.SendAsync(Instance, HttpMethod.Post, TokenPath, json, ct, headers);

    /// <summary>Asks for the token of a window.</summary>
    public Task<HttpResponseMessage> PostTokenAsync(long? timecode, CancellationToken ct, string? peer = null, bool? pin = null)
    {
        var json = new JsonObject();
        foreach (var (name, value) in ((string, JsonNode?)[])[("timecode", timecode), ("peer", peer), ("pin", pin)])
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return PostTokenAsync(json.ToJsonString(), ct);
    }

    /// <summary>The token of a window, in base64.</summary>
    public async Task<string> KeyAsync(long? timecode, CancellationToken ct, string? peer = null, bool? pin = null)
    {
        using var answer = await PostTokenAsync(timecode, ct, peer, pin);
        return (await answer.IsAsync(HttpStatusCode.OK, ct)).GetProperty("key").GetString()!;
    }

    /// <summary>The token of a window is refused with this problem.</summary>
    /// <returns>The problem's detail.</returns>
    public async Task<string> RefusedAsync(
        HttpStatusCode status,
        string code,
        long? timecode,
        CancellationToken ct,
        string? peer = null,
        bool? pin = null)
    {
        using var answer = await PostTokenAsync(timecode, ct, peer, pin);
        return (await answer.RefusedAsync(status, code, ct)).GetProperty("detail").GetString()!;
    }
}

/// <summary>What instances and owners do with windows.</summary>
internal static class WindowCalls
{
    /// <summary>The present window when a test begins: the clock says 19:19:00.</summary>
    public const long Now = 1_795_288_740;

    public const long Start = 1_795_288_500;

    extension(RepositoryApp app)
    {
        /// <summary>A resource of a new owner, or of this one, with an instance.</summary>
        public async Task<TestResource> NewResourceAsync(CancellationToken ct, string? owner = null, string? allowedPeers = null)
        {
            owner ??= await app.NewOwnerAsync(ct);
            var guid = await app.CreateResourceAsync(owner, ct, allowedPeers);
            return new TestResource(owner, guid, await app.NewInstanceAsync(owner, guid, ct));
        }

        /// <summary>Another instance of a resource.</summary>
        public async Task<HttpClient> NewInstanceAsync(string owner, string guid, CancellationToken ct) =>
            app.Bearing((await app.CreateLoginTokenAsync(owner, guid, ct)).Token);

        public Task<HttpResponseMessage> RetireAsync(
            TestResource resource,
            long windowStart,
            CancellationToken ct,
            string? peer = null,
            params (string Name, string Value)[] headers) => RepositoryApp.SendAsync(
                app.SessionOf(resource.Owner),
                HttpMethod.Delete,
                string.Create(CultureInfo.InvariantCulture, $"/v1/resources/{resource.Guid}/timecodes/{windowStart}{(peer is null ? "" : $"?peer={peer}")}"),
                null,
                ct,
                headers);

        /// <summary>The pinned windows of a resource, as its owner sees them.</summary>
        public Task<List<JsonElement>> PinnedAsync(TestResource resource, CancellationToken ct) =>
            app.SessionOf(resource.Owner).PagedAsync($"/v1/resources/{resource.Guid}/timecodes", ct);

        /// <summary>How many window keys there are.</summary>
        public async Task<long> CountKeysAsync(CancellationToken ct) =>
            (long)(await app.ScalarSqlAsync("SELECT COUNT(*) FROM window_keys WHERE length(sealed_key) > 0", ct))!;

        /// <summary>Does a round of what destroys keys.</summary>
        public Task SweepAsync(CancellationToken ct) => app.Services.GetRequiredService<WindowSweeper>().RunOnceAsync(ct);

        /// <summary>The window's key itself, which no client ever sees.</summary>
        public async Task<byte[]> WindowKeyAsync(string one, string other, long start, CancellationToken ct)
        {
            var window = Window.At(HashIdentifier.Parse(one), HashIdentifier.Parse(other), start);
            var sealedKey = await app.ScalarSqlAsync(
                "SELECT sealed_key FROM window_keys WHERE first_guid = @p0 AND second_guid = @p1 AND window_start = @p2",
                ct,
                window.First.ToByteArray(),
                window.Second.ToByteArray(),
                start);
            return app.Services.GetRequiredService<WindowKeySeal>().Open((byte[])sealedKey!, window);
        }
    }

    /// <summary>HKDF-SHA256 of 32 bytes (RFC 5869) by hand: extract, then one block of expand.</summary>
    public static string Derive(byte[] windowKey, long windowStart, string info)
    {
        var salt = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(salt, windowStart);
        var extracted = HMACSHA256.HashData(salt, windowKey);
        return Convert.ToBase64String(HMACSHA256.HashData(extracted, (byte[])[.. Encoding.ASCII.GetBytes(info), 1]));
    }
}
