using System.Diagnostics;
using System.Globalization;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>
/// A peer's process: its output in a file, this process's own socket settings taken from its environment, gone at the latest on
/// disposal.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int ShownLogCharacters = 4000;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _logFile;

    private ChildProcess(Process process, string logFile)
    {
        _process = process;
        _logFile = logFile;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Added to this process's own variables; null takes one away.</param>
    /// <param name="logFile">Where both outputs go.</param>
    public static ChildProcess Start(IEnumerable<string> command, IReadOnlyDictionary<string, string?> environment, string logFile)
    {
        // The shell replaces itself, so that the process id is the program's; a pipe would cost this process time while it measures.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$0; exec \"$@\" >\"$log\" 2>&1 </dev/null", logFile, .. command]);
        foreach (var own in (string[])[.. EventLoops.Variables, "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS"])
        {
            _ = start.Environment.Remove(own);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Resident memory in bytes, as the kernel counts it (<c>VmRSS</c>).</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>The end of what it printed, for the message of a failure.</summary>
    public string LogTail()
    {
        var log = File.Exists(_logFile) ? File.ReadAllText(_logFile) : "";
        return log[Math.Max(0, log.Length - ShownLogCharacters)..];
    }

    /// <summary>SIGKILL: nothing is flushed or answered.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, and SIGKILL to one that does not go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {Id}"]);
            await kill.WaitForExitAsync(timeout.Token);
            await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
