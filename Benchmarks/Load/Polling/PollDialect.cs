using System.Buffers.Text;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Polling;

/// <summary>How one waiter asks a kind of server, and what it reads of the answer.</summary>
internal abstract class PollDialect
{
    /// <summary>The request that waits for what comes next.</summary>
    public abstract byte[] Request();

    /// <returns>Whether the answer brought something.</returns>
    public abstract bool Read(HttpAnswer answer);
}

/// <summary>Our own: the events of a room, from a sequence on.</summary>
/// <param name="user">Who waits.</param>
/// <param name="room">On which room.</param>
/// <param name="after">The newest sequence: what comes next is waited for.</param>
internal sealed class RoomPoll(RoomUser user, string room, long after) : PollDialect
{
    private const int WaitSeconds = 60;

    private long _after = after;

    public override byte[] Request() => user.Poll(room, _after, WaitSeconds);

    public override bool Read(HttpAnswer answer)
    {
        var at = answer.Body.LastIndexOf("\"next\":"u8);
        if (answer.Status != 200 || at < 0 || !Utf8Parser.TryParse(answer.Body[(at + 7)..], out long next, out _))
        {
            throw UnexpectedAnswerException.For("200 and events", answer.Body);
        }

        var moved = next > _after;
        _after = next;
        return moved;
    }
}

/// <summary>The bare application's, which holds a request and never answers.</summary>
internal sealed class BarePoll : PollDialect
{
    private static readonly byte[] Hold = HttpRequest.Get("/hold");

    public override byte[] Request() => Hold;

    public override bool Read(HttpAnswer answer) => throw UnexpectedAnswerException.For("no answer", answer.Body);
}

/// <summary>nchan's: from now on at first, then from the message before (its date and tag).</summary>
internal sealed class NchanPoll(int channel) : PollDialect
{
    private readonly byte[] _first = HttpRequest.Get($"/poll?id={channel}");

    public override byte[] Request() => _first;

    public override bool Read(HttpAnswer answer) =>
        answer.Status == 200 ? true : throw UnexpectedAnswerException.For("200", answer.Body);
}
