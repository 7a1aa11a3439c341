using System.Text.RegularExpressions;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Reporting;

/// <summary>What is known of the machine and the software on it, each in a few words.</summary>
internal static partial class MachineFacts
{
    public static async Task<string> ProcessorAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync("/proc/cpuinfo", ct);
        var name = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return name?.Split(':', 2)[1].Trim() ?? "unknown processor";
    }

    public static Task<string> KernelAsync(CancellationToken ct) => FirstLineAsync(["uname", "-r"], ct);

    /// <summary>Of the last minute.</summary>
    public static async Task<string> LoadAverageAsync(CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync("/proc/loadavg", ct);
        return text.Split(' ', 2)[0];
    }

    public static async Task<string> DiskAsync(string path, CancellationToken ct)
    {
        var disk = await FirstLineAsync(["findmnt", "-no", "SOURCE,FSTYPE,OPTIONS", "-T", path], ct);
        return string.Join(' ', disk.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The package that carries the native library, which has its version.</summary>
    public static async Task<string> SqliteAsync(PublishedServer server, CancellationToken ct)
    {
        var match = SqlitePackage().Match(await File.ReadAllTextAsync(server.Dependencies, ct));
        return match.Success ? $"{match.Groups["package"].Value} {match.Groups["version"].Value}" : "unknown";
    }

    public static async Task<string> VersionAsync(string program, CancellationToken ct) =>
        Command.Find(program) is null ? $"{program} not installed" : await FirstLineAsync([program, "--version"], ct);

    private static async Task<string> FirstLineAsync(string[] command, CancellationToken ct)
    {
        var output = await Command.RunAsync(command, ct);
        return output.Split('\n', 2)[0].Trim();
    }

    [GeneratedRegex(
        @"(?<package>SourceGear\.sqlite3|SQLitePCLRaw\.lib\.e_sqlite3)/(?<version>[\d.]+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SqlitePackage();
}
