using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

/// <summary>A database is served only with the master key that it was made with, and a refusal never shows a key.</summary>
public abstract class KeepingTheMasterKeyTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private string KeyFile => Path.Combine(App.DataDirectory, "master.key");

    [Fact]
    public async Task The_key_in_the_file_opens_the_database_again()
    {
        var (hash, date) = await App.RegisterAsync(Ct);

        await App.RestartAsync(Ct);

        await App.VerifyAsync(hash, date, Ct);
    }

    [Fact]
    public async Task The_same_key_may_move_from_the_file_to_the_setting()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var key = await File.ReadAllBytesAsync(KeyFile, Ct);
        File.Delete(KeyFile);

        await App.RestartAsync(Ct, ("Repository:MasterKey", Convert.ToBase64String(key)));

        await App.VerifyAsync(hash, date, Ct);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Another_key_in_the_file_is_refused_by_the_files_name()
    {
        await App.StopAsync(Ct);
        var key = await ReplaceKeyAsync(RandomNumberGenerator.GetBytes(32));

        var reason = await RefusalAsync(key);

        Assert.Contains("The master key does not match this database", reason, StringComparison.Ordinal);
        Assert.Contains(KeyFile, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_in_the_setting_is_refused_by_the_settings_name()
    {
        await App.StopAsync(Ct);
        var key = RandomNumberGenerator.GetBytes(32);

        var reason = await RefusalAsync(key, ("Repository:MasterKey", Convert.ToBase64String(key)));

        Assert.Contains("The master key does not match this database", reason, StringComparison.Ordinal);
        Assert.Contains("Repository:MasterKey", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(KeyFile, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_key_file_is_gone_is_refused_and_no_new_key_is_made()
    {
        await App.StopAsync(Ct);
        File.Delete(KeyFile);

        var reason = await RefusalAsync([]);

        Assert.Contains($"{KeyFile} is missing", reason, StringComparison.Ordinal);
        Assert.Contains("Repository:MasterKey", reason, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public async Task A_key_file_of_another_length_is_refused_as_damaged(int length)
    {
        await App.StopAsync(Ct);
        var key = await File.ReadAllBytesAsync(KeyFile, Ct);
        await ReplaceKeyAsync([.. key.Concat(key).Take(length)]);

        var reason = await RefusalAsync(key);

        Assert.Contains($"{KeyFile} is damaged: it must hold 32 bytes", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_damaged_check_value_is_refused(string check)
    {
        await App.StopAsync(Ct);
        await App.ExecuteSqlAsync("UPDATE key_check SET value = @p0", Ct, Convert.FromHexString(check));

        var reason = await RefusalAsync(await File.ReadAllBytesAsync(KeyFile, Ct));

        Assert.Contains("its check value is damaged", reason, StringComparison.Ordinal);
        Assert.Contains(KeyFile, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_with_data_and_without_its_check_value_is_refused()
    {
        await App.StopAsync(Ct);
        await App.ExecuteSqlAsync("DELETE FROM key_check", Ct);

        var reason = await RefusalAsync(await File.ReadAllBytesAsync(KeyFile, Ct));

        Assert.Contains("no check value for its master key", reason, StringComparison.Ordinal);
        Assert.Equal(0L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM key_check", Ct));
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64 at all")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // Without its padding.
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")] // With a stray bit.
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_setting_that_is_not_base64_of_32_bytes_is_refused(string setting)
    {
        await App.StopAsync(Ct);

        var reason = await RefusalAsync([], ("Repository:MasterKey", setting));

        Assert.Contains("Repository:MasterKey must be base64 of 32 bytes", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(setting, reason, StringComparison.Ordinal);
    }

    private async Task<byte[]> ReplaceKeyAsync(byte[] key)
    {
        await File.WriteAllBytesAsync(KeyFile, key, Ct);
        return key;
    }

    /// <summary>Why the server does not start, which must not show the key in any spelling.</summary>
    private async Task<string> RefusalAsync(byte[] key, params (string Name, string Value)[] settings)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => App.RestartAsync(Ct, settings));
        Assert.True(failure is StartRefusedException or OptionsValidationException, failure.ToString());
        var reason = StartRefusal.Explain(failure)!;
        if (key.Length > 0)
        {
            Assert.All(
                [Convert.ToBase64String(key), Convert.ToHexString(key), Convert.ToHexStringLower(key)],
                spelling => Assert.DoesNotContain(spelling, failure + reason + string.Join('\n', App.LogLines), StringComparison.Ordinal));
        }

        return reason;
    }

    public sealed class OnSqlite() : KeepingTheMasterKeyTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : KeepingTheMasterKeyTests(DatabaseProvider.Postgres);
}
