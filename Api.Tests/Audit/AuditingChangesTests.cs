using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Audit;

public abstract class AuditingChangesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_log_begins_with_the_master_key_the_first_node_and_the_first_signing_key()
    {
        var entries = await App.AuditEntriesAsync(Ct);
        Assert.Equal(
            ["master-key-created", "node-admitted", "signing-key-created", "coffer-key-created"],
            entries.Select(each => AuditCalls.Text(each, "action")));

        var entry = entries[0];
        Assert.Equal(1, entry.GetProperty("sequence").GetInt64());
        Assert.Equal("server", AuditCalls.Text(entry, "actor"));
        Assert.Equal("2026-11-21T19:19:00.0000000Z", AuditCalls.Text(entry, "date"));
        Assert.Equal("{}", entry.GetProperty("details").GetRawText());
        Assert.Equal(AuditCalls.Zeros, AuditCalls.Text(entry, "previousHash"));
        Assert.Equal(
            ["sequence", "date", "actor", "action", "subject", "details", "previousHash", "hash"],
            entry.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Registering_disabling_enabling_and_mismatches_are_audited()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        using var mismatch = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct);
        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);
        using var enabled = await App.PatchMachineAsync(hash, 1, Ct);

        Assert.Equal(
            [
                $"anonymous machine-registered {hash}",
                $"anonymous machine-date-mismatch {hash}",
                $"administrator machine-disabled {hash}",
                $"administrator machine-enabled {hash}",
            ],
            await App.AuditedAsync(Ct));
    }

    [Fact]
    public async Task Verifies_replays_refusals_and_changes_that_change_nothing_are_not_audited()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var before = await App.AuditEndAsync(Ct);

        var requestId = MachineCalls.NewRequestId();
        await App.VerifyAsync(hash, date, Ct, requestId);
        await App.VerifyAsync(hash, date, Ct, requestId); // The replay.
        using var same = await App.PatchMachineAsync(hash, 1, Ct);
        using var exists = await App.PostMachineAsync(hash, Ct);
        using var unknown = await App.PatchMachineAsync(MachineCalls.NewHash(), 0, Ct);
        using var stranger = await App.PostVerifyAsync(MachineCalls.NewHash(), date, Ct);
        using var forbidden = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Patch, $"/v1/machines/{hash}", """{"hashState":0}""", Ct);
        using var invalid = await App.PostVerifyAsync(hash, "yesterday", Ct);

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, exists.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task A_disabled_machines_verify_and_its_second_disabling_are_not_audited()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);
        var before = await App.AuditEndAsync(Ct);

        using var verify = await App.PostVerifyAsync(hash, date, Ct);
        using var wrong = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct);
        using var again = await App.PatchMachineAsync(hash, 0, Ct);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(before, await App.AuditEndAsync(Ct));
    }

    [Fact]
    public async Task Of_a_machines_mismatches_of_one_second_one_is_audited_and_all_are_counted()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        for (var i = 0; i < 5; i++)
        {
            using var mismatch = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct);
        }

        App.Clock.Advance(TimeSpan.FromSeconds(1));
        using var later = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct);

        Assert.Equal(2, (await App.AuditedAsync(Ct)).Count(entry => entry.Contains("machine-date-mismatch", StringComparison.Ordinal)));
        Assert.Equal(6, (await App.MachineAsync(hash, Ct)).GetProperty("mismatchCount").GetInt64());
    }

    [Fact]
    public async Task A_replayed_idempotent_registration_is_audited_once()
    {
        var hash = MachineCalls.NewHash();
        using var first = await App.PostMachineAsync(hash, Ct, ("Idempotency-Key", "once"));
        using var replay = await App.PostMachineAsync(hash, Ct, ("Idempotency-Key", "once"));

        Assert.Equal(HttpStatusCode.Created, replay.StatusCode);
        Assert.Equal([$"anonymous machine-registered {hash}"], await App.AuditedAsync(Ct));
    }

    public sealed class OnSqlite() : AuditingChangesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : AuditingChangesTests(DatabaseProvider.Postgres);
}
