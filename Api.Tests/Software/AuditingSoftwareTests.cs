using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

public abstract class AuditingSoftwareTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Each_change_is_audited_with_its_issuer_and_without_its_words()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guid = await App.CreateSoftwareAsync(issuer, Ct);
        using var changed = await App.SessionOf(issuer).PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);
        using var changedAgain = await App.Administrator.PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);
        using var deleted = await App.SessionOf(issuer).DeleteSoftwareAsync(guid, Ct);
        using var back = await App.PostSoftwareAsync(issuer, guid, Ct);

        Assert.Equal(
            [
                $"{issuer} software-created {guid}",
                $"{issuer} software-updated {guid}",
                $"administrator software-updated {guid}",
                $"{issuer} software-deleted {guid}",
                $"{issuer} software-created {guid}",
            ],
            await App.AuditedSoftwareAsync(Ct));
        var entries = await App.AuditEntriesAsync(Ct);
        Assert.All(entries.TakeLast(5), entry => Assert.Equal($$"""{"issuer":"{{issuer}}"}""", entry.GetProperty("details").GetRawText()));
        AuditCalls.AssertChain(entries);
    }

    [Fact]
    public async Task What_changed_nothing_is_not_audited()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guid = await App.CreateSoftwareAsync(issuer, Ct);
        var stranger = App.SessionOf(await App.NewIssuerAsync(Ct));
        var before = await App.AuditEndAsync(Ct);

        using var exists = await App.PostSoftwareAsync(issuer, guid, Ct);
        using var noIssuer = await App.PostSoftwareAsync(SoftwareCalls.NewGuid(), SoftwareCalls.NewGuid(), Ct);
        using var forbidden = await stranger.PutSoftwareAsync(guid, SoftwareCalls.Content(), Ct);
        using var failed = await App.Administrator.DeleteSoftwareAsync(guid, Ct, ("If-Match", "\"2\""));
        using var unknown = await App.Administrator.DeleteSoftwareAsync(SoftwareCalls.NewGuid(), Ct);
        using var invalid = await App.Administrator.PutSoftwareAsync(guid, "{}", Ct);

        Assert.Equal(
            [
                HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound,
                HttpStatusCode.BadRequest,
            ],
            new[] { exists, noIssuer, forbidden, failed, unknown, invalid }.Select(answer => answer.StatusCode));
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    public sealed class OnSqlite() : AuditingSoftwareTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : AuditingSoftwareTests(DatabaseProvider.Postgres);
}
