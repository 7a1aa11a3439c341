using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public abstract class IdempotencyTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Key = "the-key";

    private readonly string _hash = MachineCalls.NewHash();

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_has_one_effect()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await first.IsAsync(HttpStatusCode.Created, Ct);
        Assert.False(first.IsReplay());
        App.Clock.Advance(TimeSpan.FromHours(1));

        for (var i = 0; i < 2; i++)
        {
            using var again = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);

            await again.AssertReplaysAsync(first, Ct);
            Assert.Equal($"/v1/machines/{_hash}", again.HeaderOf("Location"));
        }

        Assert.Single(await App.MachinesAsync(Ct));
        Assert.Single(await App.AuditAsync("machine-registered", Ct));
    }

    [Fact]
    public async Task A_repeated_change_does_not_undo_what_came_after_it()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        using var disabled = await App.Administrator.PatchKeyedAsync(hash, 0, Key, Ct);
        using var enabled = await App.PatchMachineAsync(hash, 1, Ct);

        using var again = await App.Administrator.PatchKeyedAsync(hash, 0, Key, Ct);

        await again.AssertReplaysAsync(disabled, Ct);
        Assert.Equal(0, (await again.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("hashState").GetInt32());
        Assert.Equal(1, (await App.MachineAsync(hash, Ct)).GetProperty("hashState").GetInt32());
    }

    [Fact]
    public async Task A_repeated_verify_steps_once()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var json = $$"""{"lastAccessedDate":"{{date}}"}""";
        using var first = await App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct);

        using var again = await App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct);

        await again.AssertReplaysAsync(first, Ct);
        var machine = await App.MachineAsync(hash, Ct);
        Assert.Equal(0, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal(await MachineCalls.DateOf(first, Ct), machine.GetProperty("lastAccessedDate").GetString());
        await App.VerifyAsync(hash, await MachineCalls.DateOf(again, Ct), Ct);
    }

    [Fact]
    public async Task A_repeated_mismatch_is_counted_once()
    {
        var (hash, _) = await App.RegisterAsync(Ct);
        var json = """{"lastAccessedDate":"2020-01-01T00:00:00.0000000Z"}""";
        using var first = await App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct);

        using var again = await App.Anonymous.PostKeyedAsync($"/v1/machines/{hash}/verify", json, Key, Ct);

        await again.AssertReplaysAsync(first, Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
        Assert.Equal(1, (await App.MachineAsync(hash, Ct)).GetProperty("mismatchCount").GetInt32());
    }

    [Fact]
    public async Task Refusals_of_the_operation_are_stored_too()
    {
        var (exists, _) = await App.RegisterAsync(Ct);
        var verify = """{"lastAccessedDate":"2020-01-01T00:00:00.0000000Z"}""";
        using var conflict = await App.Anonymous.RegisterKeyedAsync(exists, "k1", Ct);
        using var missing = await App.Anonymous.PostKeyedAsync($"/v1/machines/{_hash}/verify", verify, "k2", Ct);
        using var unknown = await App.Administrator.PatchKeyedAsync(_hash, 0, "k3", Ct);
        await conflict.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        await missing.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        using var registered = await App.PostMachineAsync(_hash, Ct); // From now on the operation would answer otherwise.

        using var conflictAgain = await App.Anonymous.RegisterKeyedAsync(exists, "k1", Ct);
        using var missingAgain = await App.Anonymous.PostKeyedAsync($"/v1/machines/{_hash}/verify", verify, "k2", Ct);
        using var unknownAgain = await App.Administrator.PatchKeyedAsync(_hash, 0, "k3", Ct);

        await conflictAgain.AssertReplaysAsync(conflict, Ct);
        await missingAgain.AssertReplaysAsync(missing, Ct);
        await unknownAgain.AssertReplaysAsync(unknown, Ct);
        Assert.Equal(1, (await App.MachineAsync(_hash, Ct)).GetProperty("hashState").GetInt32());
    }

    [Fact]
    [Shows("idempotency-key-reused")]
    public async Task Another_body_is_refused_to_the_byte_and_leaves_the_stored_answer()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        var same = KeyedCalls.Registration(_hash);
        foreach (var json in (string[])[KeyedCalls.Registration(MachineCalls.NewHash()), same + " ", " " + same, same.Replace(":", ": ", StringComparison.Ordinal)])
        {
            using var other = await App.Anonymous.PostKeyedAsync("/v1/machines", json, Key, Ct);

            await other.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct);
            Assert.False(other.IsReplay());
        }

        using var again = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);

        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task Another_path_query_or_caller_is_another_request()
    {
        var other = MachineCalls.NewHash();
        using var anonymous = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await anonymous.IsAsync(HttpStatusCode.Created, Ct);

        using var administrator = await App.Administrator.RegisterKeyedAsync(_hash, Key, Ct);
        using var query = await App.Anonymous.PostKeyedAsync("/v1/machines?again", KeyedCalls.Registration(_hash), Key, Ct);
        using var queryToo = await App.Anonymous.PostKeyedAsync("/v1/machines?AGAIN", KeyedCalls.Registration(other), Key, Ct);
        using var path = await App.Administrator.PatchKeyedAsync(_hash, 0, Key, Ct);
        using var pathToo = await App.Administrator.PatchKeyedAsync(other, 0, Key, Ct);

        await administrator.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        await query.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        await queryToo.IsAsync(HttpStatusCode.Created, Ct);
        await path.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(other, (await pathToo.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("machineRegisterHash").GetString());
        Assert.All([administrator, query, queryToo, path, pathToo], answer => Assert.False(answer.IsReplay()));
    }

    [Fact]
    public async Task Keys_differ_by_case_and_length()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, "key", Ct);

        foreach (var key in (string[])["KEY", "key1", "ke", "\"key\""])
        {
            using var other = await App.Anonymous.RegisterKeyedAsync(_hash, key, Ct);
            await other.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
            Assert.False(other.IsReplay());
        }
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day_and_no_longer()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        App.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        using var within = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        App.Clock.Advance(TimeSpan.FromTicks(1));

        using var after = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        using var newBody = await App.Anonymous.RegisterKeyedAsync(MachineCalls.NewHash(), Key, Ct);

        await within.AssertReplaysAsync(first, Ct);
        await after.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        Assert.False(after.IsReplay());
        await newBody.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", Ct); // The new day's answer is kept in turn.
    }

    [Fact]
    public async Task An_answer_survives_a_restart()
    {
        using var first = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);
        await App.RestartAsync(Ct);

        using var again = await App.Anonymous.RegisterKeyedAsync(_hash, Key, Ct);

        await again.AssertReplaysAsync(first, Ct);
        Assert.Single(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task A_read_takes_no_notice_of_a_key()
    {
        using var before = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Get, $"/v1/machines/{_hash}", null, Ct, ("Idempotency-Key", Key));
        using var registered = await App.PostMachineAsync(_hash, Ct);

        using var after = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Get, $"/v1/machines/{_hash}", null, Ct, ("Idempotency-Key", Key));

        await before.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
        await after.IsAsync(HttpStatusCode.OK, Ct);
        Assert.False(after.IsReplay());
    }

    public sealed class OnSqlite() : IdempotencyTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : IdempotencyTests(DatabaseProvider.Postgres);
}
