using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Operation;

public sealed class RunningAsAProcessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_is_json_lines_that_name_the_administrators_key_file_and_never_the_key()
    {
        using var folder = new TestFolder();
        await using var server = await ServerProcess.StartReadyAsync(folder.Path, Ct);
        var key = await File.ReadAllTextAsync(folder.File("admin.key"), Ct);

        Assert.Equal(0, await server.TerminateAsync(Ct));

        Assert.DoesNotContain(key, server.Output, StringComparison.Ordinal);
        Assert.Empty(server.Errors.Trim());
        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.All(lines, line =>
        {
            Assert.NotEmpty(line.GetProperty("LogLevel").GetString()!);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", line.GetProperty("Timestamp").GetString()!);
        });
        var serving = Assert.Single(lines, line => line.GetProperty("Message").GetString()!.StartsWith("Serving on", StringComparison.Ordinal));
        Assert.Equal(
            $"Serving on {server.Client.BaseAddress!.ToString().TrimEnd('/')}; the administrator's key is in {folder.File("admin.key")}",
            serving.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task The_banner_is_three_plain_lines_for_a_person()
    {
        using var folder = new TestFolder();
        await using var server = await ServerProcess.StartReadyAsync(folder.Path, Ct, "--Repository:Banner=true");

        Assert.Equal(0, await server.TerminateAsync(Ct));

        var address = server.Client.BaseAddress!.ToString().TrimEnd('/');
        Assert.Equal(
            [$"Repository serves on {address}", $"Swagger UI:          {address}/swagger", $"Administrator's key: {folder.File("admin.key")}"],
            server.Output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0 && line[0] != '{'));
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_when_the_process_is_told_to_stop()
    {
        using var folder = new TestFolder();
        await using var server = await ServerProcess.StartReadyAsync(folder.Path, Ct);
        var hash = MachineCalls.NewHash();
        var body = $$"""{"machineRegisterHash":"{{hash}}"}""";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/machines HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n"
                + "Expect: 100-continue\r\nConnection: close\r\n\r\n"),
            Ct);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Ct)); // The request is being read now.

        var ended = server.TerminateAsync(Ct);
        await WaitUntilClosedAsync(server.Client.BaseAddress.Port);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body), Ct);

        Assert.Empty((await reader.ReadLineAsync(Ct))!);
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync(Ct));
        Assert.Contains(hash, await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await ended);
    }

    [Fact]
    public async Task The_health_check_tells_by_its_exit_code()
    {
        using var folder = new TestFolder();
        await using var server = await ServerProcess.StartReadyAsync(folder.Path, Ct);
        var address = server.Client.BaseAddress!.ToString();

        Assert.Equal(0, await HealthCheckAsync(address));
        await server.KillAsync(Ct);
        Assert.Equal(1, await HealthCheckAsync(address));
        Assert.Equal(1, await HealthCheckAsync("nonsense"));
    }

    [Fact]
    public async Task The_health_check_of_a_server_that_is_not_ready_is_1()
    {
        using var folder = new TestFolder();
        await using var server = ServerProcess.Start(folder.Path, $"--Database:MinFreeDiskBytes={1L << 50}");
        await WaitUntilOpenAsync(server.Client.BaseAddress!.Port);

        Assert.Equal(1, await HealthCheckAsync(server.Client.BaseAddress.ToString()));
    }

    private static async Task<int> HealthCheckAsync(string address)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Repository.Api.dll"), "--healthcheck", address])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        return process.ExitCode;
    }

    private static async Task WaitUntilClosedAsync(int port)
    {
        while (await IsOpenAsync(port))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct); // Another process is waited for.
        }
    }

    private static async Task WaitUntilOpenAsync(int port)
    {
        while (!await IsOpenAsync(port))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
        }
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
