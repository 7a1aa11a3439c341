using System.Diagnostics;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Rules;

/// <summary>docker-compose.yml is read as Compose reads it; no engine is needed for that.</summary>
public sealed class ComposeFileTests
{
    private const string Compose = "/usr/bin/docker-compose";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData]
    [InlineData("--profile", "scaled")]
    public async Task It_parses_without_settings_and_has_the_services(params string[] profile)
    {
        Assert.SkipUnless(File.Exists(Compose), "docker-compose is not installed here; test.sh installs it.");
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("empty.env"), string.Empty, Ct);
        using var process = Process.Start(new ProcessStartInfo(
            Compose,
            ["--env-file", folder.File("empty.env"), "--file", Path.Combine(SourceTree.Root, "docker-compose.yml"), .. profile, "config", "--services"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);

        Assert.True(process.ExitCode == 0, await errors);
        var services = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] expected = profile.Length == 0 ? ["server"] : ["server", "node-1", "node-2", "postgres"];
        Assert.All(expected, service => Assert.Contains(service, services));
    }
}
