using System.Globalization;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>
/// Records when a process syncs a file to disk. Only the two calls stop the process (seccomp), everything else runs at full speed,
/// so that the traced server batches as it always does.
/// </summary>
internal sealed class SyncTrace(string file)
{
    public const string Program = "strace";

    /// <summary>Goes in front of the traced program and leaves it the process id (<c>-D</c>).</summary>
    public IReadOnlyList<string> Command =>
        [Program, "-f", "-D", "--seccomp-bpf", "-ttt", "-e", "trace=fsync,fdatasync", "-o", file];

    /// <summary>When each sync began, once the process has ended.</summary>
    public IReadOnlyList<DateTimeOffset> Read() => [.. File.ReadLines(file).Where(IsStart).Select(DateOf)];

    // "1234 1795325040.674017 fdatasync(3) = 0"; one that another thread interrupts ends in a second line, "<... resumed>".
    private static bool IsStart(string line) =>
        line.Contains("sync(", StringComparison.Ordinal) && !line.Contains(" = -1", StringComparison.Ordinal);

    private static DateTimeOffset DateOf(string line)
    {
        var seconds = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
    }
}
