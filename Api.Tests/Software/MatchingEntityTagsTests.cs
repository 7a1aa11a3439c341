using System.Net;
using System.Text;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

public abstract class MatchingEntityTagsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>What names the present tag, <c>"2"</c>; a comma in brackets stands between two headers.</summary>
    private static readonly string[] Matching =
    [
        "\"2\"", "*", " \t*\t ", "\"1\",\"2\"", "\"2\",\"1\"", "\"1\" , \"2\"", "\"1\"\t,\t\"2\"", ", ,\"2\", ,", "W/\"2\", \"2\"", "\"a,b\", \"2\"",
        "\"\", \"2\"", "\"\u00e9!#~\", \"2\"", "\"1\"[,]\"2\"", "\"2\"[,]\"2\"", "[,]\"2\"", "\"W/\", \"2\"",
    ];

    /// <summary>What is well-formed and names another.</summary>
    private static readonly string[] Others =
    [
        "\"1\"", "\"3\"", "W/\"2\"", "W/\"1\", W/\"2\"", "\"02\"", "\"\"", "W/\"\"", "\"22\"", "\"*\"", "\"1,2\"", "\"1\"[,]\"3\"", "\"'2'\"",
    ];

    private static readonly string[] Malformed =
    [
        "", " ", ",", " , ,", "[,]", "2", "'2'", "\"2", "2\"", "\"", "W/", "W/2", "w/\"2\"", "W/ \"2\"", "W\"2\"", "W/*", "**", "*,*", "*[,]*", "*, \"2\"", "\"2\", *",
        "*[,]\"2\"", "\"2\"\"2\"", "\"2\" \"2\"", "\"2\";", "\"2\"x", "\"2 \"", "\"\t2\"", "\"2\", 3", "\"2\", \"", "\"2\", W/", "\"\u007f\"",
    ];

    [Fact]
    [Shows("precondition-failed")]
    public async Task A_change_is_made_only_to_what_has_one_of_the_tags()
    {
        foreach (var tags in Matching)
        {
            var guid = await CreateSecondRevisionAsync();

            using var changed = await SendAsync("PUT", guid, tags);
            Assert.True(changed.StatusCode == HttpStatusCode.OK, $"If-Match: {tags} is {changed.StatusCode}.");
            Assert.Equal("\"3\"", changed.HeaderOf("ETag"));
        }

        var other = await CreateSecondRevisionAsync();
        foreach (var tags in Others)
        {
            using var changed = await SendAsync("PUT", other, tags);
            using var deleted = await SendAsync("DELETE", other, tags);

            Assert.True(changed.StatusCode == HttpStatusCode.PreconditionFailed, $"If-Match: {tags} is {changed.StatusCode}.");
            await changed.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition-failed", Ct);
            await deleted.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition-failed", Ct);
        }

        Assert.Equal("\"2\"", (await App.SoftwareAsync(other, Ct)).ETag);
    }

    [Fact]
    public async Task A_deletion_is_made_only_to_what_has_one_of_the_tags()
    {
        foreach (var tags in (string[])["\"2\"", "*", "\"1\", \"2\""])
        {
            var guid = await CreateSecondRevisionAsync();

            using var deleted = await SendAsync("DELETE", guid, tags);

            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_malformed_is_refused_and_changes_nothing()
    {
        var guid = await CreateSecondRevisionAsync();
        foreach (var tags in Malformed)
        {
            using var changed = await SendAsync("PUT", guid, tags);
            using var deleted = await SendAsync("DELETE", guid, tags);

            Assert.True(changed.StatusCode == HttpStatusCode.BadRequest, $"If-Match: {tags} is {changed.StatusCode}.");
            await changed.InvalidAsync(Ct, "If-Match");
            await deleted.InvalidAsync(Ct, "If-Match");
        }

        Assert.Equal("\"2\"", (await App.SoftwareAsync(guid, Ct)).ETag);
    }

    [Fact]
    public async Task No_tag_of_before_a_deletion_names_what_came_back()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guid = await App.CreateSoftwareAsync(issuer, Ct);
        var seen = new HashSet<string>(StringComparer.Ordinal) { "\"1\"" };
        for (var i = 0; i < 3; i++)
        {
            using var changed = await App.SessionOf(issuer).PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);
            Assert.True(seen.Add(SoftwareCalls.ETagOf(changed)));
            using var deleted = await App.SessionOf(issuer).DeleteSoftwareAsync(guid, Ct);
            using var back = await App.PostSoftwareAsync(issuer, guid, Ct);
            Assert.Equal(HttpStatusCode.Created, back.StatusCode);
            using var stale = await App.SessionOf(issuer).PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct, ("If-Match", string.Join(", ", seen)));

            await stale.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition-failed", Ct);
            Assert.True(seen.Add(SoftwareCalls.ETagOf(back)));
        }
    }

    [Fact]
    public async Task A_refusal_is_stored_for_its_idempotency_key()
    {
        var guid = await CreateSecondRevisionAsync();
        using var first = await App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"1\""), ("Idempotency-Key", "k"));

        using var again = await App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"2\""), ("Idempotency-Key", "k"));
        using var malformed = await App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "2"), ("Idempotency-Key", "free"));
        using var free = await App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"2\""), ("Idempotency-Key", "free"));

        await first.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition-failed", Ct);
        await again.AssertReplaysAsync(first, Ct);
        await malformed.InvalidAsync(Ct, "If-Match");
        Assert.Equal(HttpStatusCode.NoContent, free.StatusCode);
    }

    [Fact]
    public async Task Of_sixteen_changes_of_one_tag_at_once_exactly_one_is_made()
    {
        var guid = await CreateSecondRevisionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            App.Administrator.PutSoftwareAsync(guid, SoftwareCalls.Content($"name {i}"), Ct, ("If-Match", "\"2\""))));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await AllFailedAsync(answers.Where(answer => answer != winner));
        var (software, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal(SoftwareCalls.ETagOf(winner), etag);
        Assert.Equal((await RepositoryApp.JsonOf(winner, Ct)).GetRawText(), software.GetRawText());
        Assert.Equal(2, (await App.AuditedSoftwareAsync(Ct)).Count(entry => entry.Contains("software-updated", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_changes_and_deletions_of_one_tag_at_once_exactly_one_is_made()
    {
        var guid = await CreateSecondRevisionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 2 == 0
            ? App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"2\""))
            : App.Administrator.PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct, ("If-Match", "\"2\""))));

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => answer != winner), answer =>
            Assert.Equal(winner.StatusCode == HttpStatusCode.OK ? HttpStatusCode.PreconditionFailed : HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Fact]
    public async Task Sixteen_unconditional_changes_at_once_are_all_made_each_with_a_tag_of_its_own()
    {
        var guid = await CreateSecondRevisionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            App.Administrator.PutSoftwareAsync(guid, SoftwareCalls.Content($"name {i}"), Ct)));

        Assert.Equal(
            Enumerable.Range(3, 16).Select(revision => $"\"{revision}\"").Order(StringComparer.Ordinal),
            answers.Select(SoftwareCalls.ETagOf).Order(StringComparer.Ordinal));
        var last = Assert.Single(answers, answer => answer.HeaderOf("ETag") is "\"18\"");
        var (software, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal("\"18\"", etag);
        Assert.Equal((await RepositoryApp.JsonOf(last, Ct)).GetRawText(), software.GetRawText());
    }

    [Fact]
    public async Task Of_sixteen_unconditional_deletions_at_once_exactly_one_is_made()
    {
        var guid = await CreateSecondRevisionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.Administrator.DeleteSoftwareAsync(guid, Ct)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        Assert.Single(await App.AuditedSoftwareAsync(Ct), entry => entry.Contains("software-deleted", StringComparison.Ordinal));
    }

    /// <summary>A software whose tag is <c>"2"</c>.</summary>
    private async Task<string> CreateSecondRevisionAsync()
    {
        var guid = await App.CreateSoftwareAsync(await App.NewIssuerAsync(Ct), Ct);
        using var changed = await App.Administrator.PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);
        Assert.Equal("\"2\"", changed.HeaderOf("ETag"));
        return guid;
    }

    /// <summary>Sends the header byte by byte; a client library would repair some.</summary>
    private Task<HttpResponseMessage> SendAsync(string method, string guid, string tags)
    {
        var body = method is "PUT" ? Encoding.UTF8.GetBytes(SoftwareCalls.Content()) : [];
        string[] headers =
        [
            $"Authorization: Bearer {App.AdminKey}",
            "Content-Type: application/json",
            $"Content-Length: {body.Length}",
            .. tags.Split("[,]").Select(value => $"If-Match: {value}"),
        ];
        return RawHttp.SendAsync(App, $"{method} /v1/software/{guid}", headers, body, Ct);
    }

    private static async Task AllFailedAsync(IEnumerable<HttpResponseMessage> answers)
    {
        foreach (var answer in answers)
        {
            await answer.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition-failed", Ct);
        }
    }

    public sealed class OnSqlite() : MatchingEntityTagsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : MatchingEntityTagsTests(DatabaseProvider.Postgres);
}
