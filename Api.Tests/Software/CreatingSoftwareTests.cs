using System.Net;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

public abstract class CreatingSoftwareTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly string _guid = SoftwareCalls.NewGuid();

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public async Task A_software_is_created_at_its_address_with_exactly_the_members_of_the_contract(int digits)
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guid = _guid[..digits];

        using var created = await App.PostSoftwareAsync(issuer, guid, Ct);

        var json = $$"""{"issuerGuid":"{{issuer}}","softwareGuid":"{{guid}}","name":"Clockwork","description":"Winds clocks.","version":"1.0"}""";
        Assert.Equal(json, (await created.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.Equal($"/v1/software/{guid}", created.HeaderOf("Location"));
        Assert.Equal("\"1\"", created.HeaderOf("ETag"));
        var (read, etag) = await App.SoftwareAsync(guid, Ct);
        Assert.Equal(json, read.GetRawText());
        Assert.Equal("\"1\"", etag);
    }

    [Fact]
    public async Task An_administrator_creates_it_for_an_issuer()
    {
        var issuer = await App.NewIssuerAsync(Ct);

        using var created = await App.Administrator.PostSoftwareAsync(SoftwareCalls.Creation(issuer, _guid), Ct);

        Assert.Equal(issuer, (await created.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("issuerGuid").GetString());
        Assert.Equal([$"administrator software-created {_guid}"], await App.AuditedSoftwareAsync(Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"description\":null")]
    public async Task A_description_that_is_absent_or_null_is_none(string member)
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var json = $$"""{"version":"1","name":"n","softwareGuid":"{{_guid}}","issuerGuid":"{{issuer}}"{{member}}}""";

        using var created = await App.SessionOf(issuer).PostSoftwareAsync(json, Ct);

        Assert.Equal("null", (await created.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("description").GetRawText());
        Assert.Equal("null", (await App.SoftwareAsync(_guid, Ct)).Software.GetProperty("description").GetRawText());
    }

    [Fact]
    public async Task Without_a_credential_nothing_is_created()
    {
        var issuer = await App.NewIssuerAsync(Ct);

        using var refused = await App.Anonymous.PostSoftwareAsync(SoftwareCalls.Creation(issuer, _guid), Ct);

        await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        await IsAbsentAsync();
    }

    [Fact]
    [Shows("forbidden")]
    public async Task Nobody_creates_it_in_anothers_name_whether_that_is_registered_or_not()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var stranger = await App.NewIssuerAsync(Ct);
        foreach (var name in (string[])[issuer, SoftwareCalls.NewGuid()])
        {
            using var refused = await App.SessionOf(stranger).PostSoftwareAsync(SoftwareCalls.Creation(name, _guid), Ct);

            await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        }

        await IsAbsentAsync();
    }

    [Fact]
    [Shows("user-unknown")]
    public async Task An_issuer_that_is_not_registered_is_unknown_also_where_the_guid_is_taken()
    {
        var taken = await App.CreateSoftwareAsync(await App.NewIssuerAsync(Ct), Ct);
        var nobody = SoftwareCalls.NewGuid();
        foreach (var guid in (string[])[_guid, taken])
        {
            using var asItself = await App.PostSoftwareAsync(nobody, guid, Ct);
            using var byAdministrator = await App.Administrator.PostSoftwareAsync(SoftwareCalls.Creation(nobody, guid), Ct);

            await asItself.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
            await byAdministrator.RefusedAsync(HttpStatusCode.NotFound, "user-unknown", Ct);
        }

        using var read = await App.GetSoftwareAsync(_guid, Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "software-unknown", Ct);
    }

    [Fact]
    [Shows("software-exists")]
    public async Task A_guid_is_taken_for_its_issuer_and_for_everyone_else()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var other = await App.NewIssuerAsync(Ct);
        using var created = await App.PostSoftwareAsync(issuer, _guid, Ct);

        using var again = await App.PostSoftwareAsync(issuer, _guid, Ct);
        using var byOther = await App.PostSoftwareAsync(other, _guid, Ct);

        await again.RefusedAsync(HttpStatusCode.Conflict, "software-exists", Ct);
        await byOther.RefusedAsync(HttpStatusCode.Conflict, "software-exists", Ct);
        Assert.Equal((issuer, "\"1\""), await IssuerAndTagAsync());
        Assert.Equal([$"{issuer} software-created {_guid}"], await App.AuditedSoftwareAsync(Ct));
    }

    [Fact]
    public async Task A_deleted_software_comes_back_to_its_issuer_alone_and_as_a_new_revision()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var other = await App.NewIssuerAsync(Ct);
        using var created = await App.PostSoftwareAsync(issuer, _guid, Ct);
        using var deleted = await App.SessionOf(issuer).DeleteSoftwareAsync(_guid, Ct);

        using var byOther = await App.PostSoftwareAsync(other, _guid, Ct);
        using var forOther = await App.Administrator.PostSoftwareAsync(SoftwareCalls.Creation(other, _guid), Ct);
        using var back = await App.SessionOf(issuer).PostSoftwareAsync(SoftwareCalls.Creation(issuer, _guid, "Other", null, "2"), Ct);

        await byOther.RefusedAsync(HttpStatusCode.Conflict, "software-exists", Ct);
        await forOther.RefusedAsync(HttpStatusCode.Conflict, "software-exists", Ct);
        var json = $$"""{"issuerGuid":"{{issuer}}","softwareGuid":"{{_guid}}","name":"Other","description":null,"version":"2"}""";
        Assert.Equal(json, (await back.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
        Assert.Equal($"/v1/software/{_guid}", back.HeaderOf("Location"));
        Assert.Equal("\"3\"", back.HeaderOf("ETag"));
        Assert.Equal(json, (await App.SoftwareAsync(_guid, Ct)).Software.GetRawText());
    }

    [Fact]
    public async Task Of_sixteen_issuers_that_create_one_guid_at_once_exactly_one_has_it()
    {
        var issuers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.NewIssuerAsync(Ct)));

        var answers = await Task.WhenAll(issuers.Select(issuer => App.PostSoftwareAsync(issuer, _guid, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "software-exists", Ct);
        }

        Assert.Equal((issuers[Array.IndexOf(answers, winner)], "\"1\""), await IssuerAndTagAsync());
        Assert.Single(await App.AuditedSoftwareAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_returns_at_once_exactly_one_is_made()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        using var created = await App.PostSoftwareAsync(issuer, _guid, Ct);
        using var deleted = await App.SessionOf(issuer).DeleteSoftwareAsync(_guid, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => App.PostSoftwareAsync(issuer, _guid, Ct)));

        Assert.Equal("\"3\"", Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created).HeaderOf("ETag"));
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(3, (await App.AuditedSoftwareAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_repeated_creation_gets_the_first_answer_with_its_address_and_tag()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var json = SoftwareCalls.Creation(issuer, _guid);
        using var first = await App.SessionOf(issuer).PostSoftwareAsync(json, Ct, ("Idempotency-Key", "k"));
        using var updated = await App.SessionOf(issuer).PutSoftwareAsync(_guid, SoftwareCalls.Content("Other"), Ct);

        using var again = await App.SessionOf(issuer).PostSoftwareAsync(json, Ct, ("Idempotency-Key", "k"));

        await again.AssertReplaysAsync(first, Ct);
        Assert.Equal($"/v1/software/{_guid}", again.HeaderOf("Location"));
        Assert.Equal("\"1\"", again.HeaderOf("ETag"));
        Assert.Equal("\"2\"", (await App.SoftwareAsync(_guid, Ct)).ETag);
    }

    [Fact]
    public async Task A_refusal_in_anothers_name_is_stored_like_any_other()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var stranger = await App.NewIssuerAsync(Ct);
        var json = SoftwareCalls.Creation(issuer, _guid);
        using var first = await App.SessionOf(stranger).PostSoftwareAsync(json, Ct, ("Idempotency-Key", "k"));

        using var again = await App.SessionOf(stranger).PostSoftwareAsync(json, Ct, ("Idempotency-Key", "k"));
        using var own = await App.SessionOf(issuer).PostSoftwareAsync(json, Ct, ("Idempotency-Key", "k"));

        await first.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
        await again.AssertReplaysAsync(first, Ct);
        await own.IsAsync(HttpStatusCode.Created, Ct);
    }

    private async Task IsAbsentAsync()
    {
        using var read = await App.GetSoftwareAsync(_guid, Ct);
        await read.RefusedAsync(HttpStatusCode.NotFound, "software-unknown", Ct);
        Assert.Empty(await App.AuditedSoftwareAsync(Ct));
    }

    private async Task<(string? Issuer, string ETag)> IssuerAndTagAsync()
    {
        var (software, etag) = await App.SoftwareAsync(_guid, Ct);
        return (software.GetProperty("issuerGuid").GetString(), etag);
    }

    public sealed class OnSqlite() : CreatingSoftwareTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CreatingSoftwareTests(DatabaseProvider.Postgres);
}
