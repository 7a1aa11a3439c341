using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Audit;

/// <summary>An intruder who can write the database, and who does not recompute what follows.</summary>
public abstract class FindingABrokenChainTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const int Entries = 9;

    /// <summary>One look sees the newest three entries; the background check walks three at a time.</summary>
    protected override (string Name, string Value)[] Settings => [("Audit:CheckedEntries", "3")];

    [Theory]
    [InlineData("date", "date = date + 1", "date = date - 1")]
    [InlineData("date", "date = -1 - date", "date = -1 - date")]
    [InlineData("date", "date = date + 8000000000000000000", "date = date - 8000000000000000000")]
    [InlineData("actor", "actor = actor || 'x'", "actor = 'anonymous'")]
    [InlineData("action", "action = 'machine-enabled'", "action = 'machine-registered'")]
    [InlineData("details", "details = '{ }'", "details = '{}'")]
    [InlineData("details", "details = '{\"a\":1}'", "details = '{}'")]
    public async Task A_changed_text_or_date_is_found(string column, string change, string repair)
    {
        await FillAsync();

        Assert.Equal(1, await App.ExecuteSqlAsync($"UPDATE audit SET {change} WHERE sequence = 8", Ct));
        Assert.False(await App.IsAuditIntactAsync(Ct), column);

        Assert.Equal(1, await App.ExecuteSqlAsync($"UPDATE audit SET {repair} WHERE sequence = 8", Ct));
        Assert.True(await App.IsAuditIntactAsync(Ct), column);
    }

    [Fact]
    public async Task A_log_whose_details_are_no_longer_JSON_can_still_be_read()
    {
        await FillAsync();

        await App.ExecuteSqlAsync("UPDATE audit SET details = 'mine' WHERE sequence = 8", Ct);

        using var answer = await App.Administrator.GetAsync("/v1/audit", Ct);
        var items = (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("mine", items[7].GetProperty("details").GetString());
        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_changed_subject_is_found(int sequence)
    {
        await FillAsync();

        await App.ExecuteSqlAsync("UPDATE audit SET subject = @p0 WHERE sequence = @p1", Ct, MachineCalls.NewHash(), sequence);

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Theory]
    [InlineData("previous_hash", 7)]
    [InlineData("previous_hash", 9)]
    [InlineData("hash", 7)]
    [InlineData("hash", 9)]
    public async Task A_changed_hash_is_found(string column, int sequence)
    {
        await FillAsync();
        var hash = (byte[])(await App.ScalarSqlAsync($"SELECT {column} FROM audit WHERE sequence = @p0", Ct, sequence))!;
        hash[31] ^= 1;

        await App.ExecuteSqlAsync($"UPDATE audit SET {column} = @p0 WHERE sequence = @p1", Ct, hash, sequence);

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_removed_row_is_found(int sequence)
    {
        await FillAsync();

        Assert.Equal(1, await App.ExecuteSqlAsync("DELETE FROM audit WHERE sequence = @p0", Ct, sequence));

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Fact]
    public async Task Two_rows_in_each_others_place_are_found()
    {
        await FillAsync();
        await App.ExecuteSqlAsync("UPDATE audit SET sequence = 1000 WHERE sequence = 7", Ct);
        await App.ExecuteSqlAsync("UPDATE audit SET sequence = 7 WHERE sequence = 8", Ct);
        await App.ExecuteSqlAsync("UPDATE audit SET sequence = 8 WHERE sequence = 1000", Ct);

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Theory]
    [InlineData("UPDATE audit_head SET sequence = sequence + 1")]
    [InlineData("UPDATE audit_head SET sequence = sequence - 1")]
    [InlineData("UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE sequence = 8)")]
    [InlineData("UPDATE audit_head SET sequence = 8, hash = (SELECT hash FROM audit WHERE sequence = 8)")]
    [InlineData("DELETE FROM audit_head")]
    public async Task A_changed_head_is_found(string sql)
    {
        await FillAsync();

        Assert.Equal(1, await App.ExecuteSqlAsync(sql, Ct));

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task An_old_break_is_found_by_the_background_check_and_told_until_it_is_repaired(int sequence)
    {
        await FillAsync();
        var check = App.Services.GetRequiredService<AuditChainCheck>();
        await RunRoundAsync(check);
        Assert.DoesNotContain(App.LogLines, IsCritical);
        await App.ExecuteSqlAsync("UPDATE audit SET date = date + 1 WHERE sequence = @p0", Ct, sequence);
        Assert.True(await App.IsAuditIntactAsync(Ct)); // One look sees the newest entries only.

        await RunRoundAsync(check);

        Assert.False(await App.IsAuditIntactAsync(Ct));
        Assert.Contains(App.LogLines, line => IsCritical(line) && line.Contains($"sequence {sequence}:", StringComparison.Ordinal));

        await App.ExecuteSqlAsync("UPDATE audit SET date = date - 1 WHERE sequence = @p0", Ct, sequence);
        await RunRoundAsync(check);
        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    [Fact]
    public async Task The_background_check_runs_by_the_clock()
    {
        await FillAsync();
        await App.ExecuteSqlAsync("DELETE FROM audit WHERE sequence = 2", Ct);

        while (!App.LogLines.Any(IsCritical))
        {
            Ct.ThrowIfCancellationRequested();
            App.Clock.Advance(TimeSpan.FromMinutes(1)); // Again, for the job's thread may not have set its timer yet.
            await Task.Yield();
        }

        Assert.False(await App.IsAuditIntactAsync(Ct));
    }

    private static bool IsCritical(string line) => line.StartsWith("Critical", StringComparison.Ordinal);

    /// <summary>The whole log, three entries at a time.</summary>
    private static async Task RunRoundAsync(AuditChainCheck check)
    {
        for (var i = 0; i < Entries / 3; i++)
        {
            await check.RunOnceAsync(Ct);
        }
    }

    private async Task FillAsync()
    {
        for (var i = AuditCalls.FirstEntries; i < Entries; i++)
        {
            await App.RegisterAsync(Ct);
        }

        Assert.True(await App.IsAuditIntactAsync(Ct));
    }

    public sealed class OnSqlite() : FindingABrokenChainTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : FindingABrokenChainTests(DatabaseProvider.Postgres);
}
