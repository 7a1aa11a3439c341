using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Creates rooms of one member each, and the first epoch of each.</summary>
internal sealed class CreateRooms(RoomUser owner, int count) : Conversation
{
    private readonly List<string> _rooms = [];
    private bool _isRenewing;

    public RoomUser Owner => owner;

    public IReadOnlyList<string> Rooms => _rooms;

    public override ReadOnlyMemory<byte> NextRequest() => _isRenewing
        ? owner.RenewKey(_rooms[^1], [owner])
        : _rooms.Count < count ? owner.CreateRoom() : ReadOnlyMemory<byte>.Empty;

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        if (answer.Status != 201)
        {
            throw UnexpectedAnswerException.For("201", received);
        }

        if (!_isRenewing)
        {
            _rooms.Add(JsonMember.Text(answer.Body, "roomId"u8));
        }

        _isRenewing = !_isRenewing;
        return answer.Length;
    }
}
