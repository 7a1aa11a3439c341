using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>The same request again and again, each answered 200.</summary>
internal sealed class SameRequest(byte[] request) : Conversation
{
    public override ReadOnlyMemory<byte> NextRequest() => request;

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == 200 ? answer.Length : throw UnexpectedAnswerException.For("200", received);
    }
}
