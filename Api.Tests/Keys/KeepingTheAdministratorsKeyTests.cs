using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

public sealed class KeepingTheAdministratorsKeyTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private string KeyFile => Path.Combine(App.DataDirectory, "admin.key");

    [Fact]
    public async Task A_configured_key_is_the_key_and_no_file_is_made()
    {
        Assert.False(File.Exists(KeyFile));
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(App.AdminKey));
    }

    [Fact]
    public async Task A_first_start_makes_a_key_that_works_and_later_starts_keep_it()
    {
        await RestartWithoutAsync();
        var key = await File.ReadAllTextAsync(KeyFile, Ct);
        Assert.Matches("^rak_[A-Za-z0-9_-]{32,}\\z", key);
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(App.AdminKey));

        await App.RestartAsync(Ct);

        Assert.Equal(key, await File.ReadAllTextAsync(KeyFile, Ct));
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(key));
        Assert.DoesNotContain(App.LogLines, line => line.Contains(key, StringComparison.Ordinal));
        Assert.Contains(App.LogLines, line => line.Contains(KeyFile, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_configured_key_wins_over_the_file()
    {
        await RestartWithoutAsync();
        var inFile = await File.ReadAllTextAsync(KeyFile, Ct);

        await App.RestartAsync(Ct, ("Repository:AdminKey", App.AdminKey));

        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(App.AdminKey));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(inFile));
    }

    [Fact]
    public async Task The_file_may_end_with_a_new_line()
    {
        await File.WriteAllTextAsync(KeyFile, "rak_" + new string('z', 32) + "\n", Ct);

        await RestartWithoutAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync("rak_" + new string('z', 32)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rak_short")]
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")] // 31 characters.
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz zzzz")]
    [InlineData("key_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task A_damaged_file_is_refused_by_its_path_and_not_replaced(string content)
    {
        await File.WriteAllTextAsync(KeyFile, content, Ct);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(RestartWithoutAsync);

        Assert.StartsWith(KeyFile, refusal.Message, StringComparison.Ordinal);
        Assert.True(content.Length == 0 || !refusal.Message.Contains(content, StringComparison.Ordinal));
        Assert.Equal(content, await File.ReadAllTextAsync(KeyFile, Ct));
    }

    [Theory]
    [InlineData("rak_")]
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")] // 31 characters.
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzé")]
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz+")]
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\n")]
    [InlineData(" rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("RAK_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task A_configured_key_of_another_form_is_refused_by_the_settings_name(string key)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => App.RestartAsync(Ct, ("Repository:AdminKey", key)));

        var reason = StartRefusal.Explain(refusal)!;
        Assert.Contains("Repository:AdminKey", reason, StringComparison.Ordinal);
        Assert.True(key.Length <= 4 || !refusal.ToString().Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rak_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("rak_AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZaz09_-")]
    public async Task A_configured_key_of_the_right_form_works(string key)
    {
        await App.RestartAsync(Ct, ("Repository:AdminKey", key));

        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(key));
    }

    /// <summary>Starts anew as without the setting.</summary>
    private Task RestartWithoutAsync() => App.RestartAsync(Ct, ("Repository:AdminKey", string.Empty));

    private async Task<HttpStatusCode> StatusWithAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await App.Anonymous.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
