using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>
/// <c>kill -9</c> of the server's process. <c>REPOSITORY_TEST_CYCLES</c> says how often the one under load is killed: 3, or as many
/// as the environment asks for.
/// </summary>
public abstract class BeingKilledTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int Connections = 16;

    private readonly TestFolder _folder = new();
    private readonly string _adminKey = "rak_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
    private string[] _settings = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _settings = ["--RateLimits:Enabled=false", $"--Repository:AdminKey={_adminKey}", $"--Database:Provider={provider}"];
        if (provider == DatabaseProvider.Postgres)
        {
            _settings = [.. _settings, $"--ConnectionStrings:Repository={await PostgresServer.CreateDatabaseAsync(Ct)}"];
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_last_date_survives_right_after_the_answer()
    {
        var machine = new KilledMachine();
        await using (var server = await StartAsync())
        {
            await machine.RegisterAsync(server.Client, Ct);
            await machine.VerifyAsync(server.Client, Ct);
            await server.KillAsync(Ct);
        }

        await using var again = await StartAsync();

        Assert.Equal(machine.Date, (await machine.ReadAsync(again.Client, _adminKey, Ct)).GetProperty("lastAccessedDate").GetString());
        await machine.VerifyAsync(again.Client, Ct);
    }

    [Fact]
    public async Task Under_load_no_acknowledged_verify_is_lost_and_none_is_done_twice()
    {
        var cycles = int.Parse(Environment.GetEnvironmentVariable("REPOSITORY_TEST_CYCLES") ?? "3", CultureInfo.InvariantCulture);
        var machines = Enumerable.Range(0, Connections).Select(_ => new KilledMachine()).ToList();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await using var server = await StartAsync();
            await Task.WhenAll(machines.Select(machine => machine.ReconcileAsync(server.Client, _adminKey, Ct)));
            await KillUnderLoadAsync(server, machines);
        }

        await using var last = await StartAsync();
        await Task.WhenAll(machines.Select(machine => machine.ReconcileAsync(last.Client, _adminKey, Ct)));
        Assert.All(machines, machine => Assert.True(machine.Steps > cycles));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.Authorization = new("Bearer", _adminKey);
        using var status = await last.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        var counts = (await RepositoryApp.JsonOf(status, Ct)).GetProperty("counts");
        Assert.Equal(Connections, counts.GetProperty("machines").GetInt32());
        Assert.Equal(0, counts.GetProperty("mismatchedMachines").GetInt32());
        Assert.Equal(Connections + AuditCalls.FirstEntries, counts.GetProperty("auditEntries").GetInt32()); // One registration each.
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartReadyAsync(_folder.Path, Ct, _settings);

    /// <summary>Lets all machines verify without pause, and kills the server after a random number of answers.</summary>
    private static async Task KillUnderLoadAsync(ServerProcess server, List<KilledMachine> machines)
    {
        var left = RandomNumberGenerator.GetInt32(Connections, 400);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = machines.Select(machine => Task.Run(() => machine.VerifyUntilCutOffAsync(server.Client, CountDown, Ct), Ct)).ToList();
        await enough.Task.WaitAsync(Ct);
        await server.KillAsync(Ct);
        await Task.WhenAll(load);

        void CountDown()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                enough.SetResult();
            }
        }
    }

    public sealed class OnSqlite() : BeingKilledTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : BeingKilledTests(DatabaseProvider.Postgres);
}
