using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Handshakes: asks for a challenge, signs it, and must be given a session, durable before its answer. The two calls are one.</summary>
internal sealed class OpenSessions(KeyHolder user) : Conversation
{
    private readonly Handshake _handshake = new(user, user.Key);
    private byte[]? _opening;

    public override bool IsUnderway => _opening is not null;

    public override void Connected() => _opening = null;

    public override ReadOnlyMemory<byte> NextRequest() => _opening ?? _handshake.Beginning;

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        var expected = IsUnderway ? 201 : 200;
        if (answer.Status != expected)
        {
            throw UnexpectedAnswerException.For($"{expected}", received);
        }

        _opening = IsUnderway ? null : _handshake.Answer(answer.Body);
        return answer.Length;
    }
}
