using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;

namespace Repository.Api.Tests.Cluster;

/// <summary>
/// A client that speaks to one node until that is gone, and then to the next: it registers machines and verifies one of them without pause, asks
/// again for what it was not answered, and remembers what was acknowledged.
/// </summary>
internal sealed class RoamingClient(IReadOnlyList<HttpClient> nodes, int first)
{
    private const int VerifiesPerRegistration = 5;

    private readonly KilledMachine _machine = new();
    private int _node = first;
    private long _lastAnswer;

    /// <summary>Machines whose registration was acknowledged, the one that verifies included.</summary>
    public List<string> Registered { get; } = [];

    /// <summary>How many verifies were acknowledged.</summary>
    public int Steps => _machine.Steps;

    /// <summary>The longest time between two answers.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>How often it went on at another node.</summary>
    public int Moves { get; private set; }

    /// <summary>Works until it is told to stop; what it began then is still finished.</summary>
    public async Task RunAsync(Action answered, CancellationToken stop, CancellationToken ct)
    {
        _lastAnswer = TimeProvider.System.GetTimestamp();
        await AnsweredAsync(node => _machine.RegisterAsync(node, ct));
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < VerifiesPerRegistration; i++)
            {
                await AnsweredAsync(node => _machine.VerifyAsync(node, ct));
                answered();
            }

            await RegisterAsync(ct);
        }
    }

    /// <summary>The date that the machine holds is the date that a node has.</summary>
    public async Task AssertKeptAsync(NodeProcesses processes, int node, CancellationToken ct)
    {
        foreach (var hash in Registered)
        {
            await processes.ReadAsync(node, $"/v1/machines/{hash}", ct);
        }

        var machine = await processes.ReadAsync(node, $"/v1/machines/{_machine.Hash}", ct);
        Assert.Equal(_machine.Date, machine.GetProperty("lastAccessedDate").GetString());
    }

    /// <summary>Registers a machine, with one key however often it must ask.</summary>
    private async Task RegisterAsync(CancellationToken ct)
    {
        var (hash, key) = (MachineCalls.NewHash(), MachineCalls.NewRequestId());
        await AnsweredAsync(async node =>
        {
            using var answer = await RepositoryApp.SendAsync(
                node,
                HttpMethod.Post,
                "/v1/machines",
                $$"""{"machineRegisterHash":"{{hash}}"}""",
                ct,
                ("Idempotency-Key", key));
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                // The database has not yet noticed that the node is gone which ran the first one.
                await answer.RefusedAsync(HttpStatusCode.Conflict, "idempotency-in-progress", ct);
                throw new HttpRequestException("Ask again.");
            }

            await answer.IsAsync(HttpStatusCode.Created, ct);
        });
        Registered.Add(hash);
    }

    /// <summary>Asks one node after the other until one answers.</summary>
    private async Task AnsweredAsync(Func<HttpClient, Task> ask)
    {
        while (true)
        {
            try
            {
                await ask(nodes[_node]);
                var pause = TimeProvider.System.GetElapsedTime(_lastAnswer);
                LongestPause = pause > LongestPause ? pause : LongestPause;
                _lastAnswer = TimeProvider.System.GetTimestamp();
                return;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                _node = (_node + 1) % nodes.Count;
                Moves++;
            }
        }
    }
}
