using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Repository.Api.Tests.Hosting;

/// <summary>The server as a process of its own, for what only a process shows: its exit code, its output, and being killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>Everything that it wrote, on both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>What it wrote on standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_output)
            {
                return _errors.ToString();
            }
        }
    }

    public int Id => _process.Id;

    public HttpClient Client { get; private init; } = new();

    /// <summary>Starts the server without waiting for it; arguments are settings.</summary>
    public static ServerProcess Start(string dataDirectory, params string[] settings)
    {
        var port = PostgresServer.FreePort().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Repository.Api.dll"),
            $"--Kestrel:Endpoints:Public:Url=http://127.0.0.1:{port}",
            $"--Repository:DataDirectory={dataDirectory}",
            "--Cluster:PublicEndpoint=127.0.0.1:5080", // The true port is another at every start, and each is signed and audited.
            "--Coffer:Listen=127.0.0.1:0",
            .. settings,
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var server = new ServerProcess(new Process { StartInfo = start })
        {
            Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") },
        };
        server._process.OutputDataReceived += server.Keep;
        server._process.ErrorDataReceived += server.KeepError;
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public static async Task<ServerProcess> StartReadyAsync(string dataDirectory, CancellationToken ct, params string[] settings)
    {
        var server = Start(dataDirectory, settings);
        while (true)
        {
            try
            {
                using var answer = await server.Client.GetAsync("/health/ready", ct);
                if (answer.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException) when (!server._process.HasExited)
            {
                // Another process is waited for: only real time tells when it listens.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
            }
        }
    }

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a power cut would: nothing is flushed or answered.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    /// <summary>Asks the process to end, as an operator would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(CancellationToken ct)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
        return await WaitForExitAsync(ct);
    }

    /// <summary>Ends the process where it still runs. What it wrote goes with the test's result: a failure shows the server's side too.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        TestContext.Current.TestOutputHelper?.WriteLine(Output);
        Client.Dispose();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private void KeepError(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _errors.AppendLine(line.Data);
        }

        Keep(sender, line);
    }
}
