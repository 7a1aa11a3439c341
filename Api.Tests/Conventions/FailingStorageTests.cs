using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public abstract class FailingStorageTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly string[] Inside =
    [
        "machines", "relation", "no such table", "SELECT", "INSERT", "UPDATE", "Sqlite", "Npgsql", "Exception", " at ",
    ];

    [Fact]
    [Shows("internal-error")]
    public async Task What_nobody_expected_is_an_internal_error_that_tells_nothing_and_is_logged()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        await ExecuteAsync("ALTER TABLE machines RENAME TO elsewhere");

        using var read = await App.Anonymous.GetAsync($"/v1/machines/{hash}", Ct);
        using var write = await App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        using var verify = await App.PostVerifyAsync(hash, date, Ct);
        using var list = await App.Administrator.GetAsync("/v1/machines", Ct);

        foreach (var answer in (HttpResponseMessage[])[read, write, verify, list])
        {
            var problem = await answer.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
            var told = $"{problem.GetProperty("title").GetString()} {problem.GetProperty("detail").GetString()}";
            Assert.All(Inside, word => Assert.DoesNotContain(word, told, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(["code", "detail", "instance", "status", "title", "traceId", "type"], Answers.MembersOf(problem));
        }

        Assert.Contains(App.LogLines, line => line.StartsWith("Error Repository.Api.Hosting.Problems", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_internal_error_leaves_its_key_free()
    {
        var hash = MachineCalls.NewHash();
        await ExecuteAsync("ALTER TABLE machines RENAME TO elsewhere");
        using var failed = await App.Anonymous.RegisterKeyedAsync(hash, "key", Ct);
        await failed.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
        await ExecuteAsync("ALTER TABLE elsewhere RENAME TO machines");

        using var again = await App.Anonymous.RegisterKeyedAsync(hash, "key", Ct);

        Assert.False(again.IsReplay());
        await again.IsAsync(HttpStatusCode.Created, Ct);
    }

    [Fact]
    public async Task A_change_whose_audit_entry_fails_is_undone()
    {
        var hash = MachineCalls.NewHash();
        await ExecuteAsync("ALTER TABLE audit RENAME TO elsewhere");
        using var failed = await App.PostMachineAsync(hash, Ct);
        await failed.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
        await ExecuteAsync("ALTER TABLE elsewhere RENAME TO audit");

        Assert.Empty(await App.MachinesAsync(Ct));
        using var again = await App.PostMachineAsync(hash, Ct);
        await again.IsAsync(HttpStatusCode.Created, Ct);
    }

    [Fact]
    [Shows("storage-unavailable")]
    public async Task A_database_that_cannot_be_written_is_an_outage_that_passes()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        await BreakAsync();

        using var refused = await RegisterUntilRefusedAsync();

        await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable", Ct);
        Assert.Matches("^[1-9][0-9]*$", refused.HeaderOf("Retry-After"));
        await MendAsync();
        await App.VerifyAsync(hash, date, Ct);
        await App.RegisterAsync(Ct);
    }

    [Fact]
    [Shows("not-ready")]
    public async Task Too_little_disk_makes_the_server_not_ready_and_it_says_so()
    {
        await App.RestartAsync(Ct, ("Database:MinFreeDiskBytes", (1L << 50).ToString(System.Globalization.CultureInfo.InvariantCulture)));

        using var ready = await App.Anonymous.GetAsync("/health/ready", Ct);
        using var live = await App.Anonymous.GetAsync("/health/live", Ct);

        var problem = await ready.RefusedAsync(HttpStatusCode.ServiceUnavailable, "not-ready", Ct);
        Assert.Equal(["disk"], problem.GetProperty("failures").EnumerateArray().Select(failure => failure.GetString()));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    /// <summary>SQLite fills the page it has before it asks the disk for another.</summary>
    private async Task<HttpResponseMessage> RegisterUntilRefusedAsync()
    {
        var answer = await App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        for (var i = 0; i < 100 && answer.StatusCode == HttpStatusCode.Created; i++)
        {
            answer = await App.PostMachineAsync(MachineCalls.NewHash(), Ct);
        }

        return answer;
    }

    /// <summary>Makes writes fail as an outage.</summary>
    protected abstract Task BreakAsync();

    protected abstract Task MendAsync();

    /// <summary>Runs a statement on the connection that writes.</summary>
    protected Task ExecuteAsync(string sql) => App.Services.GetRequiredService<IWriteQueue>().ExecuteAsync(new RawSql(sql), Ct);

    private sealed class RawSql(string sql) : WriteOperation<int>
    {
        public override async ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
            await transaction.Db.Database.ExecuteSqlRawAsync(sql, ct);
    }

    public sealed class OnSqlite() : FailingStorageTests(DatabaseProvider.Sqlite)
    {
        /// <summary>The writer's connection may not grow the file: to it, the disk is full. It is made anew after the failure.</summary>
        protected override Task BreakAsync() => ExecuteAsync("PRAGMA max_page_count = 1");

        protected override Task MendAsync() => Task.CompletedTask;
    }

    public sealed class OnPostgres() : FailingStorageTests(DatabaseProvider.Postgres)
    {
        protected override Task BreakAsync() => SwitchAsync("false");

        protected override Task MendAsync() => SwitchAsync("true");

        /// <summary>Opens or closes the test's database, and ends the connections to it.</summary>
        private async Task SwitchAsync(string allowed)
        {
            var settings = new NpgsqlConnectionStringBuilder(App.ConnectionString);
            var database = settings.Database!;
            settings.Database = "postgres";
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the test's own.
            command.CommandText =
                $"""
                 ALTER DATABASE {database} ALLOW_CONNECTIONS {allowed};
                 SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'
                 """;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
