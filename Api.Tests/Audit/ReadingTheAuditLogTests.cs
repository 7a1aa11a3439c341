using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Audit;

public abstract class ReadingTheAuditLogTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData("/v1/audit")]
    [InlineData("/v1/audit/head")]
    public async Task Only_an_administrator_reads_it(string path)
    {
        using var answer = await App.Anonymous.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("unauthenticated", await RepositoryApp.CodeOf(answer, Ct));
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=1.5")]
    [InlineData("limit=")]
    [InlineData("after=")]
    [InlineData("after=1")]
    [InlineData("after=AAAAAAAAAAE%3D")]
    public async Task A_malformed_limit_or_cursor_is_refused(string query)
    {
        using var answer = await App.Administrator.GetAsync($"/v1/audit?{query}", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("validation-failed", await RepositoryApp.CodeOf(answer, Ct));
        Assert.Equal([query[..query.IndexOf('=', StringComparison.Ordinal)]], (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Every_size_of_page_gives_the_same_whole_chain(int limit)
    {
        for (var i = 0; i < 5; i++)
        {
            await App.RegisterAsync(Ct);
        }

        var entries = await App.AuditEntriesAsync(Ct, limit);

        Assert.Equal(AuditCalls.FirstEntries + 5, entries.Count);
        AuditCalls.AssertChain(entries);
    }

    [Fact]
    public async Task A_page_is_fifty_entries_when_nothing_is_asked()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.RegisterAsync(Ct)));

        using var answer = await App.Administrator.GetAsync("/v1/audit", Ct);

        var page = await RepositoryApp.JsonOf(answer, Ct);
        Assert.Equal(50, page.GetProperty("items").GetArrayLength());
        Assert.NotNull(page.GetProperty("next").GetString());
    }

    [Fact]
    public async Task The_head_is_the_newest_entry()
    {
        await App.RegisterAsync(Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1234567));
        await App.RegisterAsync(Ct);

        var newest = (await App.AuditEntriesAsync(Ct))[^1];
        var head = await App.AuditHeadAsync(Ct);

        Assert.Equal(AuditCalls.FirstEntries + 2, head.GetProperty("sequence").GetInt64());
        Assert.Equal(AuditCalls.Text(newest, "hash"), head.GetProperty("hash").GetString());
        Assert.Equal("2026-11-21T19:19:00.1234567Z", head.GetProperty("date").GetString());
        Assert.True(head.GetProperty("intact").GetBoolean());
        Assert.Equal(0, head.GetProperty("countersignatures").GetArrayLength());
    }

    [Fact]
    public async Task Fifty_changes_at_once_make_one_chain_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.RegisterAsync(Ct)));

        var entries = await App.AuditEntriesAsync(Ct);

        Assert.Equal(AuditCalls.FirstEntries + 50, entries.Count);
        AuditCalls.AssertChain(entries);
        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    public sealed class OnSqlite() : ReadingTheAuditLogTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ReadingTheAuditLogTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task Changes_at_two_nodes_at_once_make_one_chain_without_gaps()
        {
            await using var other = await App.StartNodeAsync(Ct);

            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? App : other).RegisterAsync(Ct)));

            var entries = await other.AuditEntriesAsync(Ct);
            Assert.Equal(AuditCalls.FirstEntries + AuditCalls.JoiningEntries + 50, entries.Count);
            AuditCalls.AssertChain(entries);
            Assert.True(await App.IsAuditIntactAsync(Ct));
            Assert.True(await other.IsAuditIntactAsync(Ct));
        }
    }
}
