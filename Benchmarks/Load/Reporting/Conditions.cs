using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Reporting;

/// <summary>What a figure depends on, as lines of Markdown: an absolute number without them means nothing.</summary>
internal static class Conditions
{
    public static async Task<IReadOnlyList<string>> ReadAsync(
        LoadOptions options,
        Workspace workspace,
        PublishedServer server,
        CancellationToken ct)
    {
        var timing = options.Length.Timing;
        return
        [
            $"Date: {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC{(options.Quick ? " (`--quick`: a look, not a measurement)" : "")}",
            $"Machine: {await MachineFacts.ProcessorAsync(ct)}, {Environment.ProcessorCount} cores",
            $"Kernel: Linux {await MachineFacts.KernelAsync(ct)}",
            $"Load average before the run: {await MachineFacts.LoadAverageAsync(ct)}",
            $"Disk: {await MachineFacts.DiskAsync(workspace.Data, ct)}; every contender's data is on it",
            $".NET {Environment.Version}; SQLite: {await MachineFacts.SqliteAsync(server, ct)}",
            $"{await MachineFacts.VersionAsync("etcd", ct)}; {await MachineFacts.VersionAsync("postgres", ct)}",
            $"Each sample: {timing.Duration.TotalSeconds:0.##} s after {timing.WarmUp.TotalSeconds:0.##} s of warm-up",
            $"Rounds: {options.Length.Rounds}",
            $"Client: one process, {EventLoops.Count} event loops, on loopback; it shares the cores with what it measures (cost: P0)",
            "Durable: a verify and an etcd put are answered after their fsync (SQLite: WAL, `synchronous=FULL`; PostgreSQL: `fsync=on`, "
                + "`synchronous_commit=on`). Bare `hello` and `echo` keep nothing",
            "etcd: one node; its put is unconditional, ours compares a date; its JSON gateway divides (HTTP/1.1 and JSON as ours), its own gRPC is shown beside it",
        ];
    }
}
