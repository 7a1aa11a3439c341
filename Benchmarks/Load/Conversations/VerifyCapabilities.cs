using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Capability verify: sends file after file, each of which must be valid.</summary>
internal sealed class VerifyCapabilities(IReadOnlyList<byte[]> requests, int first) : Conversation
{
    private int _turn = first;

    /// <summary>Deals the files out to connections: each begins at another one.</summary>
    public static IEnumerable<VerifyCapabilities> Share(IEnumerable<SignedCapability> files, int connections)
    {
        List<byte[]> requests = [.. files.Select(file => HttpRequest.Post("/v1/capabilities/verify", file.Json))];
        return Enumerable.Range(0, connections).Select(connection => new VerifyCapabilities(requests, connection * requests.Count / connections));
    }

    public override ReadOnlyMemory<byte> NextRequest() => requests[_turn++ % requests.Count];

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == 200 && answer.Body.StartsWith("{\"valid\":true,"u8)
            ? answer.Length
            : throw UnexpectedAnswerException.For("200 and a valid capability", received);
    }
}
