using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// Machine verify: presents the date that the machine holds and keeps the new one. Every step is a conditional write that must be
/// durable before its answer.
/// </summary>
internal sealed class VerifyMachines(MachineTurns machines) : Conversation
{
    private const string PathStart = "/v1/machines/";
    private const string BodyEnd = "\"}";
    private static readonly int HashOffset = "POST ".Length + PathStart.Length;

    private readonly byte[] _request = HttpRequest.Post(
        PathStart + new string('0', MachinePool.HashBytes) + "/verify",
        "{\"lastAccessedDate\":\"" + new string('0', MachinePool.DateBytes) + BodyEnd);

    public override ReadOnlyMemory<byte> NextRequest()
    {
        machines.MoveNext();
        machines.Hash.CopyTo(_request.AsSpan(HashOffset));
        machines.Date.CopyTo(_request.AsSpan(_request.Length - BodyEnd.Length - MachinePool.DateBytes));
        return _request;
    }

    public override int ReadAnswer(Span<byte> received) => MachineAnswer.Read(received, 200, machines.Date);
}
