using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>The same request again and again, each answered with the given status.</summary>
internal sealed class SameRequest(byte[] request, int status = 200) : Conversation
{
    public override ReadOnlyMemory<byte> NextRequest() => request;

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == status ? answer.Length : throw UnexpectedAnswerException.For($"{status}", received);
    }
}
