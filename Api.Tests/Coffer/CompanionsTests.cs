using System.Net;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class CompanionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Path = "/v1/coffer/companions";

    [Fact]
    [Shows("companion-unknown")]
    public async Task A_companion_is_registered_once_read_listed_and_removed()
    {
        var keys = Enumerable.Range(0, 3).Select(_ => CofferClient.Make().Id).ToList();
        foreach (var key in keys)
        {
            using var created = await PutAsync(key);
            Assert.Equal(
                $$"""{"publicKey":"{{key}}","registeredDate":"{{Repository.Domain.Encoding.Rfc3339Date.Spell(App.Clock.GetUtcNow())}}"}""",
                (await created.IsAsync(HttpStatusCode.Created, Ct)).GetRawText());
            Assert.Equal($"{Path}/{key}", created.HeaderOf("Location"));
            App.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var again = await PutAsync(keys[1].ToUpperInvariant());
        using var read = await App.Administrator.GetAsync($"{Path}/{keys[1].ToUpperInvariant()}", Ct);
        Assert.Equal((await again.IsAsync(HttpStatusCode.OK, Ct)).GetRawText(), (await read.IsAsync(HttpStatusCode.OK, Ct)).GetRawText());
        Assert.Equal(keys, (await App.Administrator.PagedAsync(Path, Ct)).Select(item => item.GetProperty("publicKey").GetString()));

        using var removed = await App.Administrator.DeleteAsync($"{Path}/{keys[1]}", Ct);
        using var removedAgain = await App.Administrator.DeleteAsync($"{Path}/{keys[1]}", Ct);
        using var gone = await App.Administrator.GetAsync($"{Path}/{keys[1]}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await removedAgain.RefusedAsync(HttpStatusCode.NotFound, "companion-unknown", Ct);
        await gone.RefusedAsync(HttpStatusCode.NotFound, "companion-unknown", Ct);
        Assert.Equal(
            [.. keys.Select(key => $"administrator companion-registered {key}"), $"administrator companion-deleted {keys[1]}"],
            await App.AuditedAsync(Ct));
    }

    [Fact]
    public async Task Of_sixteen_registrations_at_once_one_is_new()
    {
        var key = CofferClient.Make().Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PutAsync(key)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single(await App.AuditedAsync(Ct));
    }

    private Task<HttpResponseMessage> PutAsync(string key) => RepositoryApp.SendAsync(App.Administrator, HttpMethod.Put, $"{Path}/{key}", "{}", Ct);

    public sealed class OnSqlite() : CompanionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CompanionsTests(DatabaseProvider.Postgres);
}
