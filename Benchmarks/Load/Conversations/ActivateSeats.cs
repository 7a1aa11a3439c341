using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Activation: asks for a seat for a machine, which must be given a new one, durable before its answer.</summary>
internal sealed class ActivateSeats(SeatTurns seats, IReadOnlyList<byte[]> requests) : Conversation
{
    private const string PathStart = "/v1/capabilities/";
    private const string PathMiddle = "/activations/";
    private static readonly int MachineOffset = "PUT ".Length + PathStart.Length + MachinePool.HashBytes + PathMiddle.Length;

    /// <summary>A conversation for each connection, with requests of its own: the machine is written into them.</summary>
    public static IEnumerable<ActivateSeats> Share(
        IReadOnlyCollection<SignedCapability> capabilities,
        IEnumerable<MachineTurns> machines,
        bool isSpread) =>
        machines.Select(own => new ActivateSeats(
            new SeatTurns(own, capabilities.Count, isSpread),
            [.. capabilities.Select(capability => Request(capability, new string('0', MachinePool.HashBytes)))]));

    /// <summary>The request of one seat.</summary>
    public static byte[] Request(SignedCapability capability, string machine) =>
        HttpRequest.Put(PathStart + capability.Guid + PathMiddle + machine, capability.Json);

    public override ReadOnlyMemory<byte> NextRequest()
    {
        seats.MoveNext();
        var request = requests[seats.Capability];
        seats.Machine.CopyTo(request.AsSpan(MachineOffset));
        return request;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == 201 && answer.Body.IndexOf("\"token\":\"ey"u8) >= 0
            ? answer.Length
            : throw UnexpectedAnswerException.For("201 with a token", received);
    }
}
