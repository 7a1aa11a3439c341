using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Audit;

/// <summary>An intruder who can write the whole database, and who leaves a log that is whole by itself.</summary>
public abstract class CountersigningTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_node_signs_the_head_that_it_has_seen_and_anyone_can_check_it()
    {
        await App.RegisterAsync(Ct);
        App.Clock.Advance(TimeSpan.FromTicks(7));
        await App.CountersignAsync(Ct);

        var head = await App.AuditHeadAsync(Ct);

        Assert.True(head.GetProperty("intact").GetBoolean());
        var signed = Assert.Single(head.GetProperty("countersignatures").EnumerateArray());
        Assert.Equal(["date", "hash", "nodeId", "sequence", "signature"], Answers.MembersOf(signed));
        Assert.Equal(head.GetProperty("sequence").GetInt64(), signed.GetProperty("sequence").GetInt64());
        Assert.Equal(AuditCalls.Text(head, "hash"), AuditCalls.Text(signed, "hash"));
        using var cluster = await App.Anonymous.GetAsync("/v1/cluster", Ct);
        var node = (await RepositoryApp.JsonOf(cluster, Ct)).GetProperty("nodes")[0];
        Assert.True(MemberKey.TryParsePem(AuditCalls.Text(node, "sk"), out var sk));
        Assert.Equal(sk.NodeId.ToString(), AuditCalls.Text(signed, "nodeId"));
        Assert.True(Read(signed).IsSignedBy(sk));
    }

    [Fact]
    public async Task The_newest_four_of_a_node_are_kept_and_a_log_that_has_not_moved_is_not_signed_again()
    {
        for (var i = 0; i < 6; i++)
        {
            await App.RegisterAsync(Ct);
            await App.CountersignAsync(Ct);
            App.Clock.Advance(TimeSpan.FromTicks(1));
            await App.CountersignAsync(Ct);
        }

        var sequences = (await App.AuditHeadAsync(Ct)).GetProperty("countersignatures").EnumerateArray().Select(signed => signed.GetProperty("sequence").GetInt64());
        Assert.Equal([9L, 8, 7, 6], sequences);
        Assert.Equal(AuditCalls.FirstEntries + 6, (await App.AuditEntriesAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_node_signs_by_the_clock()
    {
        await App.RegisterAsync(Ct);

        while ((await App.AuditHeadAsync(Ct)).GetProperty("countersignatures").GetArrayLength() == 0)
        {
            App.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.True(File.Exists(Path.Combine(App.DataDirectory, "audit.head")));
    }

    [Fact]
    public async Task Rows_that_are_removed_from_the_end_are_missed_also_after_a_restart_and_when_the_log_has_grown_again()
    {
        var sequence = await FillAndSignAsync();
        await CutAsync(sequence - 2);
        Assert.False(await App.IsAuditIntactAsync(Ct));
        Assert.Contains(App.LogLines, line => IsCritical(line) && line.Contains($"sequence {sequence} ", StringComparison.Ordinal));

        var lines = App.LogLines.Count;
        await App.RestartAsync(Ct);
        Assert.False(await App.IsAuditIntactAsync(Ct));
        Assert.Contains(App.LogLines.Skip(lines), line => IsCritical(line) && line.Contains($"sequence {sequence} ", StringComparison.Ordinal));
        for (var i = 0; i < 4; i++)
        {
            await App.RegisterAsync(Ct);
        }

        await App.CountersignAsync(Ct);

        Assert.False(await App.IsAuditIntactAsync(Ct)); // The chain is whole by itself, and another one.
        Assert.Equal(sequence, (await App.AuditHeadAsync(Ct)).GetProperty("countersignatures")[0].GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Rows_that_come_back_are_not_missed_any_more()
    {
        var sequence = await FillAndSignAsync();
        await App.ExecuteSqlAsync("UPDATE audit SET sequence = -1 WHERE sequence = @p0", Ct, sequence);
        Assert.False(await App.IsAuditIntactAsync(Ct));

        await App.ExecuteSqlAsync("UPDATE audit SET sequence = @p0 WHERE sequence = -1", Ct, sequence);

        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    [Fact]
    public async Task A_restore_that_was_meant_is_told_by_removing_the_file()
    {
        var sequence = await FillAndSignAsync();
        await App.StopAsync(Ct);
        await CutAsync(sequence - 2);
        File.Delete(Path.Combine(App.DataDirectory, "audit.head"));

        await App.StartAsync(Ct);

        Assert.True(await App.IsAuditIntactAsync(Ct));
        await App.CountersignAsync(Ct);
        Assert.Equal(sequence - 2, App.Services.GetRequiredService<AuditMemory>().Last!.Sequence);
    }

    [Fact]
    public async Task A_log_that_is_broken_after_what_was_signed_is_not_signed()
    {
        var sequence = await FillAndSignAsync();
        await App.RegisterAsync(Ct);
        await App.RegisterAsync(Ct);
        await App.ExecuteSqlAsync("UPDATE audit SET details = '{\"a\":1}' WHERE sequence = @p0", Ct, sequence + 1);

        await App.CountersignAsync(Ct);
        Assert.Equal(sequence, App.Services.GetRequiredService<AuditMemory>().Last!.Sequence);

        await App.ExecuteSqlAsync("UPDATE audit SET details = '{}' WHERE sequence = @p0", Ct, sequence + 1);
        await App.CountersignAsync(Ct);
        Assert.Equal(sequence + 2, App.Services.GetRequiredService<AuditMemory>().Last!.Sequence);
    }

    [Fact]
    public async Task A_long_log_is_verified_part_by_part_before_it_is_signed()
    {
        await App.RestartAsync(Ct, ("Audit:CheckedEntries", "2"));
        await FillAsync();
        var memory = App.Services.GetRequiredService<AuditMemory>();
        await App.CountersignAsync(Ct);
        Assert.Null(memory.Last); // Two entries of seven.
        await App.CountersignAsync(Ct);
        await App.CountersignAsync(Ct);
        Assert.Null(memory.Last);

        await App.CountersignAsync(Ct);

        Assert.Equal(AuditCalls.FirstEntries + 4, memory.Last!.Sequence);
    }

    [Fact]
    public async Task A_file_that_was_changed_stops_the_start()
    {
        await FillAndSignAsync();
        await App.StopAsync(Ct);
        var path = Path.Combine(App.DataDirectory, "audit.head");
        var file = await File.ReadAllBytesAsync(path, Ct);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        foreach (var other in (byte[][])[[], file[..^1], [.. file, 0], [2, .. file[1..]], Flip(file, 40), Flip(file, 45), Flip(file, 80), Flip(file, 200)])
        {
            await File.WriteAllBytesAsync(path, other, Ct);
            var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));
            Assert.Contains("audit.head", refusal.Message, StringComparison.Ordinal);
        }

        await File.WriteAllBytesAsync(path, file, Ct);
        await App.StartAsync(Ct);
        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    private static byte[] Flip(byte[] file, int at)
    {
        byte[] flipped = [.. file];
        flipped[at] ^= 1;
        return flipped;
    }

    private static bool IsCritical(string line) => line.StartsWith("Critical", StringComparison.Ordinal);

    private static CountersignedHead Read(JsonElement signed) => new(
        NodeId.Load(Convert.FromHexString(AuditCalls.Text(signed, "nodeId"))),
        signed.GetProperty("sequence").GetInt64(),
        Convert.FromHexString(AuditCalls.Text(signed, "hash")),
        signed.GetProperty("date").GetDateTimeOffset(),
        signed.GetProperty("signature").GetBytesFromBase64());

    private async Task FillAsync()
    {
        for (var i = 0; i < 4; i++)
        {
            await App.RegisterAsync(Ct);
        }
    }

    /// <returns>The sequence of the head that was signed.</returns>
    private async Task<long> FillAndSignAsync()
    {
        await FillAsync();
        await App.CountersignAsync(Ct);
        Assert.True(await App.IsAuditIntactAsync(Ct));
        return App.Services.GetRequiredService<AuditMemory>().Last!.Sequence;
    }

    /// <summary>Sets the whole log back, head and all.</summary>
    private async Task CutAsync(long to)
    {
        await App.ExecuteSqlAsync("DELETE FROM audit WHERE sequence > @p0", Ct, to);
        await App.ExecuteSqlAsync("UPDATE audit_head SET sequence = @p0, hash = (SELECT hash FROM audit WHERE sequence = @p0)", Ct, to);
    }

    public sealed class OnSqlite() : CountersigningTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CountersigningTests(DatabaseProvider.Postgres);
}
