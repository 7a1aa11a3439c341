using System.Net;
using System.Text.Json;
using Npgsql;
using Repository.Api.Tests.Capabilities;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Sessions;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;

namespace Repository.Api.Tests.Cluster;

/// <summary>Three real processes on one PostgreSQL, of which one is gone without a word.</summary>
public sealed class KilledNodesTests
{
    private const int Clients = 12;
    private const int AnswersBefore = 300;
    private const int AnswersAfter = 300;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_three_one_is_killed_under_load_and_its_clients_go_on_within_five_seconds_and_nothing_acknowledged_is_lost()
    {
        await using var nodes = await NodeProcesses.StartAsync(3, Ct);
        var clients = Enumerable.Range(0, Clients).Select(i => new RoamingClient(nodes.Clients, i % 3)).ToList();

        await KillUnderLoadAsync(nodes[1], clients);

        Assert.All(clients, client => Assert.InRange(client.LongestPause, TimeSpan.Zero, LongestPause));
        Assert.True(clients.Where((_, i) => i % 3 == 1).All(client => client.Moves > 0), "The killed node's clients went on elsewhere.");
        await nodes.RestartAsync(1, Ct); // It is a member still.
        for (var node = 0; node < 3; node++)
        {
            await Task.WhenAll(clients.Select(client => client.AssertKeptAsync(nodes, node, Ct)));
            var counts = (await nodes.ReadAsync(node, "/v1/status", Ct)).GetProperty("counts");
            Assert.Equal(Clients + clients.Sum(client => client.Registered.Count), counts.GetProperty("machines").GetInt32());
            Assert.Equal(0, counts.GetProperty("mismatchedMachines").GetInt32());
            Assert.True((await nodes.ReadAsync(node, "/v1/audit/head", Ct)).GetProperty("intact").GetBoolean());
        }
    }

    [Fact]
    public async Task What_was_begun_at_a_node_that_is_killed_goes_on_at_the_others()
    {
        await using var nodes = await NodeProcesses.StartAsync(3, Ct);
        var (user, machine, other) = (TestUser.Make(), MachineCalls.NewHash(), MachineCalls.NewHash());
        var (software, key) = (SoftwareCalls.NewGuid(), ("Idempotency-Key", "k"));
        await PostAsync(nodes[0], "/v1/users", UserCalls.RegistrationOf(user).ToJsonString(), HttpStatusCode.Created);
        await PostAsync(nodes[0], "/v1/machines", $$"""{"machineRegisterHash":"{{other}}"}""", HttpStatusCode.Created);
        var registered = await PostAsync(nodes[0], "/v1/machines", $$"""{"machineRegisterHash":"{{machine}}"}""", HttpStatusCode.Created, key);
        using var created = await nodes.SendAsAdministratorAsync(0, HttpMethod.Post, "/v1/software", SoftwareCalls.Creation(user.Guid, software), Ct);
        await created.IsAsync(HttpStatusCode.Created, Ct);
        var capability = TestCapability.Of(user, software);
        await SendAsync(nodes[0], HttpMethod.Put, CapabilityCalls.SeatPath(capability.Guid, machine), capability.Json, HttpStatusCode.Created);
        var session = await FinishAsync(nodes[0], await BeginAsync(nodes[0], user));
        var handshake = await BeginAsync(nodes[0], user);

        await nodes[0].KillAsync(Ct);

        // The answer to a key, the session, the seat and the challenge are the database's: each holds at a node that never saw it.
        var again = await PostAsync(nodes[1], "/v1/machines", $$"""{"machineRegisterHash":"{{machine}}"}""", HttpStatusCode.Created, key);
        Assert.Equal(registered.GetRawText(), again.GetRawText());
        var created2 = SoftwareCalls.Creation(user.Guid, SoftwareCalls.NewGuid());
        await PostAsync(nodes[2], "/v1/software", created2, HttpStatusCode.Created, ("Authorization", $"Bearer {session}"));
        var full = await SendAsync(nodes[2], HttpMethod.Put, CapabilityCalls.SeatPath(capability.Guid, other), capability.Json, HttpStatusCode.Conflict);
        Assert.Equal("seats-exhausted", full.GetProperty("code").GetString());
        await SendAsync(nodes[1], HttpMethod.Put, CapabilityCalls.SeatPath(capability.Guid, machine), capability.Json, HttpStatusCode.OK);
        var next = await FinishAsync(nodes[1], handshake);
        await PostAsync(nodes[2], "/v1/sessions", handshake.Request().ToJsonString(), HttpStatusCode.Unauthorized); // It is spent.
        Assert.NotEqual(session, next);
    }

    [Fact]
    public async Task Processes_that_start_together_on_an_empty_database_migrate_it_once_and_one_of_them_admits_itself()
    {
        await using var nodes = await NodeProcesses.StartTogetherAsync(3, Ct);

        await Task.WhenAll(nodes.Clients.Select(node => WaitForAsync(node, "/health/live")));
        var serving = await Task.WhenAny(nodes.Clients.Select(node => WaitForAsync(node, "/health/ready")));

        await serving;
        await using var source = NpgsqlDataSource.Create(nodes.ConnectionString);
        await using var actions = source.CreateCommand("SELECT action || ' ' || COUNT(*) FROM audit GROUP BY action ORDER BY action");
        var audited = new List<string>();
        await using (var reader = await actions.ExecuteReaderAsync(Ct))
        {
            while (await reader.ReadAsync(Ct))
            {
                audited.Add(reader.GetString(0));
            }
        }

        Assert.Contains("master-key-created 1", audited);
        Assert.Contains("node-admitted 1", audited);
        Assert.Contains("node-waiting 2", audited);
        Assert.Contains("signing-key-created 1", audited);
    }

    /// <summary>Lets all clients work, kills one node in the middle, and stops the clients once they have gone on for a while.</summary>
    private static async Task KillUnderLoadAsync(ServerProcess victim, List<RoamingClient> clients)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var answers = 0;
        var (enoughBefore, enoughAfter) = (NewSignal(), NewSignal());
        var load = clients.ConvertAll(client => Task.Run(() => client.RunAsync(Count, stop.Token, Ct), Ct));
        await Task.WhenAny(enoughBefore.Task, Task.WhenAll(load)).WaitAsync(Ct);
        await victim.KillAsync(Ct);
        await Task.WhenAny(enoughAfter.Task, Task.WhenAll(load)).WaitAsync(Ct);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        void Count()
        {
            var count = Interlocked.Increment(ref answers);
            if (count == AnswersBefore)
            {
                enoughBefore.SetResult();
            }
            else if (count == AnswersBefore + AnswersAfter)
            {
                enoughAfter.SetResult();
            }
        }

        static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static async Task<ClientHandshake> BeginAsync(ServerProcess node, TestUser user)
    {
        var json = await PostAsync(node, SessionCalls.ChallengePath, $$"""{"userGuid":"{{user.Guid}}"}""", HttpStatusCode.OK);
        return new ClientHandshake(
            user,
            ClientHandshake.Ecdh,
            json.GetProperty("challenge").GetBytesFromBase64(),
            json.GetProperty("serverPublicKey").GetBytesFromBase64());
    }

    private static async Task<string> FinishAsync(ServerProcess node, ClientHandshake handshake)
    {
        var opened = await PostAsync(node, SessionCalls.Path, handshake.Request().ToJsonString(), HttpStatusCode.Created);
        return handshake.OpenToken(opened, JsonElement.Parse(await node.Client.GetStringAsync("/.well-known/jwks.json", Ct)));
    }

    private static Task<JsonElement> PostAsync(
        ServerProcess node,
        string path,
        string json,
        HttpStatusCode status,
        params (string Name, string Value)[] headers) => SendAsync(node, HttpMethod.Post, path, json, status, headers);

    private static async Task<JsonElement> SendAsync(
        ServerProcess node,
        HttpMethod method,
        string path,
        string json,
        HttpStatusCode status,
        params (string Name, string Value)[] headers)
    {
        using var answer = await RepositoryApp.SendAsync(node.Client, method, path, json, Ct, headers);
        return await answer.IsAsync(status, Ct);
    }

    private static async Task WaitForAsync(HttpClient node, string path)
    {
        while (true)
        {
            try
            {
                using var answer = await node.GetAsync(path, Ct);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or IOException)
            {
                // Another process is waited for: only real time tells when it answers.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
