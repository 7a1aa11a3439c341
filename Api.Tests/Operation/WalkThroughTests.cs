using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

/// <summary>The README's walk-throughs, pasted into a shell as a newcomer does.</summary>
public sealed partial class WalkThroughTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private const string Server = "http://127.0.0.1:5080";
    private const string Secrets = "A walk-through: secrets, sealed to the program that asks";
    private const string Licence = "A walk-through: a licence, from its issuer's key to its end";

    [Fact]
    public async Task A_machine_is_verified_and_its_copy_is_found_out()
    {
        var answers = await PasteAsync("A walk-through: a machine, and its copy found out");

        Assert.Contains(answers, answer => CodeOf(answer) is "machine-date-mismatch");
        Assert.Contains(answers, answer => answer.TryGetProperty("mismatchCount", out _) && answer.GetProperty("hashState").GetInt32() == 0);
    }

    [Fact]
    public async Task A_licence_is_issued_activated_and_revoked()
    {
        var answers = await PasteAsync(Licence);

        Assert.DoesNotContain(answers, answer => CodeOf(answer) is not null);
        Assert.Equal(["True", "False"], answers.Where(answer => answer.TryGetProperty("valid", out _)).Select(answer => answer.GetProperty("valid").ToString()));
        Assert.Single(answers, answer => answer.TryGetProperty("token", out _));
        Assert.Equal("revoked", answers[^1].GetProperty("reasons")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Two_instances_share_a_key_and_a_token_is_revoked()
    {
        App.Clock.Advance(TimeProvider.System.GetUtcNow() - App.Clock.GetUtcNow()); // The shell asks for the window of its own clock.
        var answers = await PasteAsync(Licence, "A walk-through: two instances that share a key by a timecode");

        Assert.DoesNotContain(answers, answer => CodeOf(answer) is not null);
        var keys = answers.Where(answer => answer.TryGetProperty("key", out _)).Select(answer => answer.GetProperty("key").GetString()).ToList();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
        Assert.Equal(["True", "False", "False"], answers.Where(answer => answer.TryGetProperty("active", out _)).Select(answer => answer.GetProperty("active").ToString()));
    }

    [Fact]
    public async Task Secrets_are_defined_changed_and_opened_by_their_client_alone()
    {
        App.Clock.Advance(TimeProvider.System.GetUtcNow() - App.Clock.GetUtcNow()); // The client says the time of its own clock.
        var answers = await PasteAsync(Secrets);

        Assert.DoesNotContain(answers, answer => CodeOf(answer) is not null);
        var opened = answers.Where(answer => answer.TryGetProperty("secrets", out var secrets) && secrets.ValueKind is JsonValueKind.Object).ToList();
        Assert.Equal([5432, 6432], opened.Select(answer => answer.GetProperty("secrets").GetProperty("port").GetInt32()));
        Assert.Equal(4, answers[^1].GetProperty("secrets").GetArrayLength());
        Assert.DoesNotContain("clockwork@db", answers[^1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_read_by_members_alone()
    {
        App.Clock.Advance(TimeProvider.System.GetUtcNow() - App.Clock.GetUtcNow());
        var answers = await PasteAsync(Secrets, "A walk-through: a room whose messages the server cannot read");

        Assert.Equal(
            ["The tower clock is two minutes fast.", "Winding it now."],
            answers.Where(answer => answer.TryGetProperty("text", out _)).Select(answer => answer.GetProperty("text").GetString()));
        Assert.All(answers.Where(answer => answer.TryGetProperty("signed", out _)), answer => Assert.True(answer.GetProperty("signed").GetBoolean()));
        Assert.Equal([1, 2], answers.Where(answer => answer.EnumerateObject().Count() == 1 && answer.TryGetProperty("epoch", out _)).Select(answer => answer.GetProperty("epoch").GetInt32()));
        Assert.True(answers[^1].TryGetProperty("sequence", out _));
    }

    /// <summary>Runs the shell blocks of sections in an empty folder beside the server's data.</summary>
    /// <returns>Every line of JSON that was printed.</returns>
    private async Task<List<JsonElement>> PasteAsync(params string[] headings)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "README.md"), Ct);
        var sections = headings.Select(heading => readme.Split("\n## ").Single(part => part.StartsWith(heading, StringComparison.Ordinal)));
        var script = string.Join('\n', sections.SelectMany(section => ShellBlock().Matches(section)).Select(block => block.Groups["script"].Value))
            .Replace(Server, App.Anonymous.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(App.DataDirectory, "pasted"));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "data", "admin.key"), App.AdminKey, Ct);
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "examples"), Path.Combine(SourceTree.Root, "examples"));

        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = shell.StandardError.ReadToEndAsync(Ct);
        var output = await shell.StandardOutput.ReadToEndAsync(Ct);
        await shell.WaitForExitAsync(Ct);
        Assert.True(shell.ExitCode == 0, await errors);
        return [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];
    }

    private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("code", out var code) ? code.GetString() : null;

    [GeneratedRegex("```sh\n(?<script>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlock();
}
