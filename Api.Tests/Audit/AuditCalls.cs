using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Tests.Audit;

/// <summary>What an auditor does, who trusts nothing but what the API shows.</summary>
internal static class AuditCalls
{
    /// <summary>How many entries every database begins with: its master key, its first node, its first signing key, its coffer's pair.</summary>
    public const int FirstEntries = 4;

    /// <summary>How many more a node makes that joins: its token, and itself.</summary>
    public const int JoiningEntries = 2;

    public static readonly string Zeros = new('0', 64);

    extension(RepositoryApp app)
    {
        public async Task<JsonElement> AuditHeadAsync(CancellationToken ct)
        {
            using var answer = await app.Administrator.GetAsync("/v1/audit/head", ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await RepositoryApp.JsonOf(answer, ct);
        }

        /// <summary>Where the log ends. Whether nodes have countersigned it meanwhile does not matter to who asks if something was written.</summary>
        public async Task<(long Sequence, string Hash)> AuditEndAsync(CancellationToken ct)
        {
            var head = await app.AuditHeadAsync(ct);
            return (head.GetProperty("sequence").GetInt64(), head.GetProperty("hash").GetString()!);
        }

        public async Task<bool> IsAuditIntactAsync(CancellationToken ct) =>
            (await app.AuditHeadAsync(ct)).GetProperty("intact").GetBoolean();

        /// <summary>Has the node sign the head of the log, once it has verified it.</summary>
        public Task CountersignAsync(CancellationToken ct) => app.Services.GetRequiredService<Countersigner>().RunOnceAsync(ct);

        /// <summary>The whole log, page by page.</summary>
        public async Task<List<JsonElement>> AuditEntriesAsync(CancellationToken ct, int limit = 200)
        {
            var entries = new List<JsonElement>();
            string? next = null;
            do
            {
                var after = next is null ? string.Empty : $"&after={next}";
                using var answer = await app.Administrator.GetAsync($"/v1/audit?limit={limit}{after}", ct);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var page = await RepositoryApp.JsonOf(answer, ct);
                entries.AddRange(page.GetProperty("items").EnumerateArray());
                next = page.GetProperty("next").GetString();
            }
            while (next is not null);
            return entries;
        }

        /// <summary>What the log says, without the entries that every database begins with.</summary>
        public async Task<List<string>> AuditedAsync(CancellationToken ct) =>
            [.. (await app.AuditEntriesAsync(ct)).Skip(FirstEntries).Select(entry => $"{Text(entry, "actor")} {Text(entry, "action")} {Text(entry, "subject")}")];
    }

    public static string Text(JsonElement entry, string member) => entry.GetProperty(member).GetString()!;

    /// <summary>Follows the chain as api.md describes it, from the answers alone.</summary>
    public static void AssertChain(IReadOnlyList<JsonElement> entries)
    {
        var previous = Zeros;
        for (var i = 0; i < entries.Count; i++)
        {
            Assert.Equal(i + 1, entries[i].GetProperty("sequence").GetInt64());
            Assert.Equal(previous, Text(entries[i], "previousHash"));
            Assert.Equal(HashOf(entries[i]), Text(entries[i], "hash"));
            previous = Text(entries[i], "hash");
        }
    }

    private static string HashOf(JsonElement entry)
    {
        var json = new StringBuilder();
        WriteCanonical(json, entry, leaveOut: "hash");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToString())));
    }

    /// <summary>RFC 8785 for what an entry holds: objects, whole numbers, and strings that need no escape.</summary>
    private static void WriteCanonical(StringBuilder json, JsonElement value, string? leaveOut = null)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var members = value.EnumerateObject()
                .Where(member => !string.Equals(member.Name, leaveOut, StringComparison.Ordinal))
                .OrderBy(member => member.Name, StringComparer.Ordinal)
                .ToList();
            json.Append('{');
            for (var i = 0; i < members.Count; i++)
            {
                json.Append(i == 0 ? "\"" : ",\"").Append(members[i].Name).Append("\":");
                WriteCanonical(json, members[i].Value);
            }

            json.Append('}');
            return;
        }

        var raw = value.GetRawText();
        Assert.DoesNotContain('\\', raw);
        json.Append(raw);
    }
}
