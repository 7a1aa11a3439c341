using System.Net;
using System.Net.Sockets;
using System.Text;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Conventions;

public sealed class LoggingRequestsTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private const string NoCollector = "http://127.0.0.1:9";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_trace_id_of_an_internal_error_is_in_the_log(bool traced)
    {
        await App.RestartAsync(Ct, ("Telemetry:OtlpEndpoint", traced ? NoCollector : string.Empty));
        await App.ExecuteSqlAsync("ALTER TABLE machines RENAME TO elsewhere", Ct);

        using var failed = await App.Anonymous.GetAsync($"/v1/machines/{MachineCalls.NewHash()}", Ct);

        var problem = await failed.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
        var traceId = problem.GetProperty("traceId").GetString();
        Assert.Contains(App.LogLines, line => line.Contains($"Request {traceId} failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_keyed_refusal_has_a_trace_id_of_the_same_kind()
    {
        await App.RestartAsync(Ct, ("Telemetry:OtlpEndpoint", NoCollector));
        var (hash, _) = await App.RegisterAsync(Ct);

        using var refused = await App.Anonymous.RegisterKeyedAsync(hash, "key", Ct);

        var problem = await refused.RefusedAsync(HttpStatusCode.Conflict, "machine-exists", Ct);
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task A_caller_that_goes_away_in_the_middle_of_its_body_is_no_failure_of_the_server()
    {
        for (var i = 0; i < 20; i++)
        {
            await ResetInTheMiddleAsync();
        }

        await App.StopAsync(Ct); // Every request has ended.
        Assert.DoesNotContain(App.LogLines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private async Task ResetInTheMiddleAsync()
    {
        var address = App.Anonymous.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Ct);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /v1/machines HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n"),
            Ct);
        Assert.NotEqual(0, await client.GetStream().ReadAsync(new byte[64], Ct)); // 100 Continue: the body is waited for.
        client.LingerState = new LingerOption(enable: true, seconds: 0);
    }
}
