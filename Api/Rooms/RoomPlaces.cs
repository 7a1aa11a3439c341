using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Gives users their places in rooms. A place is claimed by one conditional update of the room's row, which then stays locked.</summary>
internal static class RoomPlaces
{
    private static readonly Statement Claim = new(
        """
        UPDATE rooms SET member_count = member_count + 1, last_place = last_place + 1
        WHERE room_id = $1 AND member_count < capacity AND NOT is_deleted RETURNING last_place
        """);

    private static readonly Statement Queue = new(
        "UPDATE rooms SET last_place = last_place + 1 WHERE room_id = $1 AND NOT is_deleted RETURNING last_place");

    private static readonly Statement Set = new(
        """
        INSERT INTO room_members (room_id, user_guid, state, place, joined_date, joined_sequence) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (room_id, user_guid) DO UPDATE SET state = $3, place = $4, joined_date = $5, joined_sequence = $6
        """);

    /// <summary>Makes a user a member of a room that is held, and tells its members so.</summary>
    /// <returns>False when the room is full.</returns>
    public static async ValueTask<bool> AdmitAsync(
        this WriteTransaction transaction,
        RoomId room,
        HashIdentifier user,
        RoomJournal journal,
        CancellationToken ct)
    {
        if (await transaction.QueryAsync(Claim, [SqlValue.Of(room)], ct) is not [var claimed])
        {
            return false;
        }

        var sequence = await journal.TellAsync(transaction, room, new RoomChange(RoomEventType.Joined, user), ct);
        await transaction.SetAsync(room, user, MemberState.Member, claimed.Number(0), (journal.Now, sequence), ct);
        return true;
    }

    /// <summary>Lets a user wait, as pending or invited, at a room that is held.</summary>
    public static async ValueTask LetWaitAsync(
        this WriteTransaction transaction,
        RoomId room,
        HashIdentifier user,
        MemberState state,
        CancellationToken ct)
    {
        if (await transaction.QueryAsync(Queue, [SqlValue.Of(room)], ct) is not [var queued])
        {
            throw new InvalidOperationException($"The room {room} is not held.");
        }

        await transaction.SetAsync(room, user, state, queued.Number(0), joined: null, ct);
    }

    private static async ValueTask SetAsync(
        this WriteTransaction transaction,
        RoomId room,
        HashIdentifier user,
        MemberState state,
        long place,
        (DateTimeOffset Date, long Sequence)? joined,
        CancellationToken ct) =>
        await transaction.ExecuteAsync(
            Set,
            [
                SqlValue.Of(room),
                SqlValue.Of(user),
                SqlValue.Of((long)state),
                SqlValue.Of(place),
                SqlValue.Of(joined?.Date),
                SqlValue.Of(joined?.Sequence),
            ],
            ct);
}
