using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Repository.Api.Tests.Hosting.PostgresServer))]

namespace Repository.Api.Tests.Hosting;

/// <summary>A PostgreSQL of the test run's own, on a free loopback port, started when a test first asks and stopped at the end.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? _current;

    private string? _folder;
    private int _port;
    private int _databases;

    public PostgresServer() => _current = this;

    /// <summary>Whether this machine has PostgreSQL's programs; where it has none, tests that need it are skipped and say so.</summary>
    public static bool IsInstalled => FindProgram("initdb") is not null;

    /// <summary>Makes an empty database. Its name is not used twice in a run.</summary>
    /// <returns>The connection string.</returns>
    public static async Task<string> CreateDatabaseAsync(CancellationToken ct)
    {
        Assert.SkipUnless(IsInstalled, "PostgreSQL is not installed here; test.sh installs it.");
        var server = _current ?? throw new InvalidOperationException("The assembly fixture is missing.");
        await server.StartAsync(ct);
        var name = $"test_{Interlocked.Increment(ref server._databases)}";
        await using var connection = new NpgsqlConnection(server.ConnectionStringOf("postgres"));
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is a number of ours.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
        return server.ConnectionStringOf(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync("pg_ctl", ["-D", _folder, "-m", "immediate", "-w", "stop"], CancellationToken.None);
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string ConnectionStringOf(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=2");

    private async Task StartAsync(CancellationToken ct)
    {
        await Starting.WaitAsync(ct);
        try
        {
            if (_folder is not null)
            {
                return;
            }

            var folder = Directory.CreateTempSubdirectory("repository-postgres-").FullName;
            if (Environment.IsPrivilegedProcess)
            {
                await RunProcessAsync("chown", ["postgres", folder], ct); // PostgreSQL refuses to run as root.
            }

            _port = FreePort();
            await RunAsync("initdb", ["-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], ct);

            // Durability is PostgreSQL's own and not under test here; without it the tests run faster.
            var options = string.Create(
                CultureInfo.InvariantCulture,
                $"-p {_port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c max_connections=500");
            await RunAsync("pg_ctl", ["-D", folder, "-l", Path.Combine(folder, "log"), "-o", options, "-w", "start"], ct);
            _folder = folder;
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>A port that was free a moment ago.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        var path = FindProgram(program) ?? throw new InvalidOperationException($"{program} is not installed.");
        return Environment.IsPrivilegedProcess
            ? RunProcessAsync("runuser", ["-u", "postgres", "--", path, .. arguments], ct)
            : RunProcessAsync(path, arguments, ct);
    }

    private static async Task RunProcessAsync(string program, string[] arguments, CancellationToken ct)
    {
        // pg_ctl hands its output streams to the server it starts: a pipe would never end.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        });
        await process!.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static string? FindProgram(string name)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return debian.Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin"))
            .Concat(folders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
