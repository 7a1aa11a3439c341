using System.Net;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

public abstract class HealthTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData("/health/live", """{"status":"live"}""")]
    [InlineData("/health/ready", """{"status":"ready"}""")]
    public async Task A_well_server_says_so_to_get_and_to_head(string path, string body)
    {
        using var get = await App.Anonymous.GetAsync(path, Ct);
        using var head = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Head, path, null, Ct);

        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal("application/json; charset=utf-8", get.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await get.Content.ReadAsStringAsync(Ct));
        Assert.Equal("no-store", get.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Nothing_but_get_and_head_is_taken(string path)
    {
        using var post = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, path, "{}", Ct);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal("method-not-allowed", await RepositoryApp.CodeOf(post, Ct));
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_server_with_too_little_disk_is_alive_and_not_ready()
    {
        await App.RestartAsync(Ct, ("Database:MinFreeDiskBytes", (1L << 50).ToString(System.Globalization.CultureInfo.InvariantCulture)));

        using var live = await App.Anonymous.GetAsync("/health/live", Ct);
        using var head = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Head, "/health/ready", null, Ct);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(["disk"], await FailuresAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    protected async Task<IEnumerable<string?>> FailuresAsync()
    {
        using var ready = await App.Anonymous.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("not-ready", await RepositoryApp.CodeOf(ready, Ct));
        return (await RepositoryApp.JsonOf(ready, Ct)).GetProperty("failures").EnumerateArray().Select(failure => failure.GetString());
    }

    public sealed class OnSqlite() : HealthTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : HealthTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task A_server_whose_database_is_gone_is_alive_and_not_ready_and_refuses_writes()
        {
            var (hash, date) = await App.RegisterAsync(Ct);
            await DropDatabaseAsync();

            Assert.Equal(["database"], await FailuresAsync());
            using var verify = await App.PostVerifyAsync(hash, date, Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, verify.StatusCode);
            Assert.Equal("storage-unavailable", await RepositoryApp.CodeOf(verify, Ct));
            Assert.Equal(TimeSpan.FromSeconds(1), verify.Headers.RetryAfter?.Delta);
            using var read = await App.Anonymous.GetAsync($"/v1/machines/{hash}", Ct);
            Assert.Equal("storage-unavailable", await RepositoryApp.CodeOf(read, Ct));
            Assert.Equal(["database", "writer"], await FailuresAsync());
            using var live = await App.Anonymous.GetAsync("/health/live", Ct);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        private async Task DropDatabaseAsync()
        {
            var settings = new NpgsqlConnectionStringBuilder(App.ConnectionString);
            var name = settings.Database;
            settings.Database = "postgres";
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is a number of ours.
            command.CommandText = $"DROP DATABASE {name} WITH (FORCE)";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
