using System.Text;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Registers each of a connection's machines once.</summary>
internal sealed class RegisterMachines(MachineTurns machines) : Conversation
{
    private const string BodyStart = "{\"machineRegisterHash\":\"";
    private const string BodyEnd = "\"}";
    private const int Connections = 256;

    private readonly byte[] _request = HttpRequest.Post("/v1/machines", BodyStart + new string('0', MachinePool.HashBytes) + BodyEnd);

    /// <summary>Registers a pool over many connections at once, so that the server can commit them together.</summary>
    public static Task RunAsync(System.Net.IPEndPoint server, MachinePool pool, CancellationToken ct) =>
        LoadGenerator.CompleteAsync(
            server,
            [.. pool.Share(pool.Count, Math.Min(Connections, pool.Count)).Select(turns => new RegisterMachines(turns))],
            ct);

    public override ReadOnlyMemory<byte> NextRequest()
    {
        if (machines.CameRound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        machines.MoveNext();
        machines.Hash.CopyTo(_request.AsSpan(_request.Length - BodyEnd.Length - MachinePool.HashBytes));
        return _request;
    }

    public override int ReadAnswer(Span<byte> received) => MachineAnswer.Read(received, 201, machines.Date);
}
