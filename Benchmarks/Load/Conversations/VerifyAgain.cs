using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// Machine verify with a <c>requestId</c>, by a client whose server may be gone: on a new connection it sends what was not answered again. The
/// same answer is due then; any other ends the run, for what was acknowledged would be lost or done twice.
/// </summary>
internal sealed class VerifyAgain(MachineTurns machines) : Conversation
{
    private byte[] _request = [];
    private bool _isUnanswered;
    private long _lastAnswer;

    /// <summary>How many verifies were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>The longest time between two answers since it was last taken.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>Begins to look for the longest pause anew.</summary>
    public void ForgetPauses()
    {
        LongestPause = TimeSpan.Zero;
        _lastAnswer = Stopwatch.GetTimestamp();
    }

    public override ReadOnlyMemory<byte> NextRequest()
    {
        if (!_isUnanswered)
        {
            machines.MoveNext();
            var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            _request = HttpRequest.Post(
                $"/v1/machines/{Encoding.ASCII.GetString(machines.Hash)}/verify",
                $$"""{"lastAccessedDate":"{{Encoding.ASCII.GetString(machines.Date)}}","requestId":"{{id}}"}""");
            _isUnanswered = true;
        }

        return _request;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        var length = MachineAnswer.Read(received, 200, machines.Date);
        if (length == 0)
        {
            return 0;
        }

        var pause = Stopwatch.GetElapsedTime(_lastAnswer);
        LongestPause = pause > LongestPause ? pause : LongestPause;
        _lastAnswer = Stopwatch.GetTimestamp();
        _isUnanswered = false;
        Acknowledged++;
        return length;
    }
}
