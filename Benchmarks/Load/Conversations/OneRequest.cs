using System.Net;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>One request, answered with the given status.</summary>
internal sealed class OneRequest(byte[] request, int status = 200) : Conversation
{
    private bool _sent;

    /// <summary>What was answered, once it was.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>Asks on a connection of its own.</summary>
    /// <returns>The body of the answer.</returns>
    public static async Task<byte[]> AskAsync(IPEndPoint server, byte[] request, int status, CancellationToken ct)
    {
        var conversation = new OneRequest(request, status);
        await LoadGenerator.CompleteAsync(server, [conversation], ct);
        return conversation.Body;
    }

    public override ReadOnlyMemory<byte> NextRequest()
    {
        var first = !_sent;
        _sent = true;
        return first ? request : ReadOnlyMemory<byte>.Empty;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        Body = answer.Body.ToArray();
        return answer.Status == status ? answer.Length : throw UnexpectedAnswerException.For($"{status}", received);
    }
}
