using System.Diagnostics;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>A program that is run to its end for what it prints.</summary>
internal static class Command
{
    /// <summary>The path of a program, or null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds all it printed.</exception>
    public static async Task<string> RunAsync(IEnumerable<string> command, CancellationToken ct)
    {
        var parts = command.ToList();
        var start = new ProcessStartInfo(parts[0], parts[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var failure = await errors.WaitAsync(ct);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', parts)} ended with {process.ExitCode}: {output}{failure}");
    }
}
