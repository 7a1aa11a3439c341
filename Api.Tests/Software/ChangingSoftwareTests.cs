using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

public abstract class ChangingSoftwareTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly string Changed = SoftwareCalls.Content("Changed", null, "2.0");

    [Fact]
    public async Task A_change_replaces_all_that_can_be_changed_and_has_a_new_tag()
    {
        var (issuer, guid) = await CreateAsync();

        using var changed = await App.SessionOf(issuer).PutSoftwareAsync(guid, Changed, Ct);

        var json = $$"""{"issuerGuid":"{{issuer}}","softwareGuid":"{{guid}}","name":"Changed","description":null,"version":"2.0"}""";
        Assert.Equal(json, (await changed.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal("\"2\"", changed.HeaderOf("ETag"));
        Assert.Null(changed.HeaderOf("Location"));
        var (read, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal(json, read.GetRawText());
        Assert.Equal("\"2\"", etag);
    }

    [Fact]
    public async Task The_same_content_has_a_new_tag_too()
    {
        var (issuer, guid) = await CreateAsync();

        using var changed = await App.SessionOf(issuer).PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("\"2\"", changed.HeaderOf("ETag"));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_with_its_words()
    {
        var (issuer, guid) = await CreateAsync();

        using var deleted = await App.SessionOf(issuer).DeleteSoftwareAsync(guid, Ct);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await deleted.Content.ReadAsByteArrayAsync(Ct));
        Assert.Null(deleted.HeaderOf("ETag"));
        await AllUnknownAsync(App.SessionOf(issuer), guid);
        Assert.Equal(1L, Convert.ToInt64(await App.ScalarSqlAsync("SELECT COUNT(*) FROM software WHERE name = '' AND description IS NULL", Ct), null));
    }

    [Fact]
    [Shows("software-unknown")]
    public async Task What_never_was_is_unknown_to_everyone()
    {
        var (issuer, _) = await CreateAsync();

        await AllUnknownAsync(App.SessionOf(issuer), SoftwareCalls.NewGuid());
        await AllUnknownAsync(App.Administrator, SoftwareCalls.NewGuid());
    }

    [Fact]
    public async Task An_administrator_may_do_what_the_issuer_may()
    {
        var (_, guid) = await CreateAsync();

        using var changed = await App.Administrator.PutSoftwareAsync(guid, Changed, Ct);
        using var deleted = await App.Administrator.DeleteSoftwareAsync(guid, Ct);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    [Shows("unauthenticated")]
    [Shows("forbidden")]
    public async Task Nobody_else_may_whatever_tag_it_names()
    {
        var (_, guid) = await CreateAsync();
        var stranger = App.SessionOf(await App.NewIssuerAsync(Ct));
        (string, string)[][] headers = [[], [("If-Match", "\"1\"")], [("If-Match", "\"9\"")], [("If-Match", "*")]];
        foreach (var tags in headers)
        {
            using var changed = await stranger.PutSoftwareAsync(guid, Changed, Ct, tags);
            using var deleted = await stranger.DeleteSoftwareAsync(guid, Ct, tags);
            using var anonymouslyChanged = await App.Anonymous.PutSoftwareAsync(guid, Changed, Ct, tags);
            using var anonymouslyDeleted = await App.Anonymous.DeleteSoftwareAsync(guid, Ct, tags);

            await changed.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            await deleted.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            await anonymouslyChanged.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            await anonymouslyDeleted.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }

        await IsUntouchedAsync(guid);
    }

    [Fact]
    public async Task A_call_that_takes_no_body_accepts_none_or_the_empty_object()
    {
        var (issuer, guid) = await CreateAsync();
        foreach (var json in (string[])["{\"a\":1}", "[]", "null", "{", "0", "{}{}"])
        {
            using var refused = await SendDeleteAsync(json);
            await refused.InvalidAsync(Ct, "$");
        }

        await IsUntouchedAsync(guid);
        using var deleted = await SendDeleteAsync(" { } ");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        Task<HttpResponseMessage> SendDeleteAsync(string json) =>
            RepositoryApp.SendAsync(App.SessionOf(issuer), HttpMethod.Delete, $"/v1/software/{guid}", json, Ct);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused_where_none_is_taken()
    {
        var (_, guid) = await CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/software/{guid}") { Content = new StringContent("{}") };

        using var refused = await App.Administrator.SendAsync(request, Ct);

        await refused.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
        await IsUntouchedAsync(guid);
    }

    [Fact]
    public async Task A_repeated_change_gets_the_first_answer_with_its_tag_and_undoes_nothing()
    {
        var (issuer, guid) = await CreateAsync();
        var client = App.SessionOf(issuer);
        (string, string)[] headers = [("Idempotency-Key", "k"), ("If-Match", "\"1\"")];
        using var first = await client.PutSoftwareAsync(guid, Changed, Ct, headers);
        using var second = await client.PutSoftwareAsync(guid, SoftwareCalls.Content("Third"), Ct);

        using var again = await client.PutSoftwareAsync(guid, Changed, Ct, headers);

        await again.AssertReplaysAsync(first, Ct);
        Assert.Equal("\"2\"", again.HeaderOf("ETag"));
        var (software, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal("Third", software.GetProperty("name").GetString());
        Assert.Equal("\"3\"", etag);
    }

    [Fact]
    public async Task A_repeated_deletion_gets_the_first_answer_and_undoes_no_return()
    {
        var (issuer, guid) = await CreateAsync();
        using var first = await App.SessionOf(issuer).DeleteSoftwareAsync(guid, Ct, ("Idempotency-Key", "k"));
        using var back = await App.PostSoftwareAsync(issuer, guid, Ct);

        using var again = await App.SessionOf(issuer).DeleteSoftwareAsync(guid, Ct, ("Idempotency-Key", "k"));

        await again.AssertReplaysAsync(first, Ct);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal("\"3\"", (await App.SoftwareAsync(guid, Ct)).ETag);
    }

    private async Task<(string Issuer, string Guid)> CreateAsync()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        return (issuer, await App.CreateSoftwareAsync(issuer, Ct));
    }

    private async Task IsUntouchedAsync(string guid)
    {
        var (software, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal("Clockwork", software.GetProperty("name").GetString());
        Assert.Equal("\"1\"", etag);
    }

    /// <summary>Also with a precondition: it counts only where the call would succeed without it (RFC 9110, 13.2.1).</summary>
    private async Task AllUnknownAsync(HttpClient client, string guid)
    {
        using var read = await App.GetSoftwareAsync(guid, Ct);
        using var changed = await client.PutSoftwareAsync(guid, Changed, Ct);
        using var deleted = await client.DeleteSoftwareAsync(guid, Ct);
        using var changedIf = await client.PutSoftwareAsync(guid, Changed, Ct, ("If-Match", "*"));
        using var deletedIf = await client.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"1\""));
        foreach (var answer in (HttpResponseMessage[])[read, changed, deleted, changedIf, deletedIf])
        {
            await answer.RefusedAsync(HttpStatusCode.NotFound, "software-unknown", Ct);
        }
    }

    public sealed class OnSqlite() : ChangingSoftwareTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ChangingSoftwareTests(DatabaseProvider.Postgres);
}
