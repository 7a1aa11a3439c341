using System.Diagnostics;
using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// Handshakes with a wrong signature, in pairs: one by a registered user, one by an unknown one, in random order. Each has a challenge of its
/// own; the refusals alone are timed.
/// </summary>
internal sealed class RefusedHandshakes(KeyHolder known, KeyHolder unknown, int pairs) : Conversation
{
    // Well-formed signatures by a key that is neither's: they are verified to their end.
    private static readonly Ed25519SigningKey Stranger = new();

    private readonly Handshake[] _handshakes = [new(known, Stranger), new(unknown, Stranger)];
    private readonly List<TimeSpan>[] _times = [[], []];
    private int _attempt;
    private int _turn;
    private byte[]? _opening;
    private long _sent;

    public IReadOnlyList<TimeSpan> Known => _times[0];

    public IReadOnlyList<TimeSpan> Unknown => _times[1];

    public override ReadOnlyMemory<byte> NextRequest()
    {
        if (_opening is not null)
        {
            _sent = Stopwatch.GetTimestamp();
            return _opening;
        }

        if (_attempt == 2 * pairs)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        _turn = _attempt++ % 2 == 0 ? RandomNumberGenerator.GetInt32(2) : 1 - _turn;
        return _handshakes[_turn].Beginning;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        var now = Stopwatch.GetTimestamp();
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        if (_opening is null)
        {
            _opening = answer.Status == 200 ? _handshakes[_turn].Answer(answer.Body) : throw UnexpectedAnswerException.For("200", received);
            return answer.Length;
        }

        if (answer.Status != 401 || answer.Body.IndexOf("handshake-failed"u8) < 0)
        {
            throw UnexpectedAnswerException.For("401 handshake-failed", received);
        }

        _times[_turn].Add(Stopwatch.GetElapsedTime(_sent, now));
        _opening = null;
        return answer.Length;
    }
}
