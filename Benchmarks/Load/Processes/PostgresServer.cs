using System.Globalization;
using System.Net;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>A PostgreSQL of this run's own, with <c>fsync</c> on, under the user <c>postgres</c> where this process is root.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private const int MaxConnections = 600;

    // PostgreSQL refuses to run as root. setpriv becomes the program, so that the process id is the server's.
    private static readonly string[] AsUser = Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups"]
        : [];

    private readonly ChildProcess _process;
    private readonly IPEndPoint _endPoint;

    private PostgresServer(ChildProcess process, IPEndPoint endPoint)
    {
        _process = process;
        _endPoint = endPoint;
    }

    public static bool IsInstalled => Command.Find("initdb") is not null && Command.Find("postgres") is not null;

    public static async Task<PostgresServer> StartAsync(Workspace workspace, CancellationToken ct)
    {
        var data = workspace.NewDirectory("postgres");
        if (Environment.IsPrivilegedProcess)
        {
            _ = await Command.RunAsync(["chown", User, data], ct);
        }

        _ = await Command.RunAsync([.. AsUser, "initdb", "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync"], ct);
        var endPoint = LoopbackPort.Free();
        string[] settings = ["-h", $"{endPoint.Address}", "-p", $"{endPoint.Port}", "-k", "", "-N", $"{MaxConnections}", "-c", "fsync=on"];
        var process = ChildProcess.Start(
            [.. AsUser, "postgres", "-D", data, .. settings],
            new Dictionary<string, string?>(),
            workspace.NewLog("postgres"));
        var isReady = false;
        try
        {
            await WaitAsync(process, ct);
            isReady = true;
            return new PostgresServer(process, endPoint);
        }
        finally
        {
            if (!isReady)
            {
                await process.DisposeAsync();
            }
        }
    }

    public string ConnectionString(string database) =>
        $"Host={_endPoint.Address};Port={_endPoint.Port};Username={User};Database={database}";

    /// <summary>Runs pgbench on the default database.</summary>
    public Task<string> PgbenchAsync(IEnumerable<string> arguments, CancellationToken ct) =>
        Command.RunAsync(
            [
                "pgbench", "-n", "-h", $"{_endPoint.Address}", "-p", _endPoint.Port.ToString(CultureInfo.InvariantCulture),
                "-U", User, .. arguments, User,
            ],
            ct);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task WaitAsync(ChildProcess process, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!process.LogTail().Contains("ready to accept connections", StringComparison.Ordinal))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"PostgreSQL ended before it was ready:\n{process.LogTail()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
        }
    }
}
