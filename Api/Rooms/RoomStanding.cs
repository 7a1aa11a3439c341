using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>How a room stands, and what a user is to it, at one moment.</summary>
/// <param name="OwnerGuid">Whose room it is.</param>
/// <param name="Admission">How users come in.</param>
/// <param name="Epoch">The present epoch.</param>
/// <param name="RekeyRequired">Whether nothing is posted until the next epoch.</param>
/// <param name="State">What the user is; null for a stranger, and for who was removed.</param>
internal sealed record RoomStanding(HashIdentifier OwnerGuid, Admission Admission, long Epoch, bool RekeyRequired, MemberState? State)
{
    public bool IsMember => State == MemberState.Member;
}

/// <summary>Reads how rooms stand, and keeps them so.</summary>
internal static class RoomStandings
{
    private static readonly Statement Select = new(
        """
        SELECT r.owner_guid, r.admission, r.epoch, r.rekey_required, m.state
        FROM rooms r LEFT JOIN room_members m ON m.room_id = r.room_id AND m.user_guid = $1
        WHERE r.room_id = $2 AND NOT r.is_deleted
        """);

    /// <summary>Changes nothing: on PostgreSQL it waits for whoever else changes the room, and keeps them out.</summary>
    private static readonly Statement Hold = new("UPDATE rooms SET last_place = last_place WHERE room_id = $1 AND NOT is_deleted");

    /// <returns>Null when there is no such room.</returns>
    public static async ValueTask<RoomStanding?> ReadStandingAsync(
        this IStatementReader reader,
        RoomId room,
        HashIdentifier user,
        CancellationToken ct) =>
        await reader.QueryAsync(Select, [SqlValue.Of(user), SqlValue.Of(room)], ct) is [var row]
            ? new RoomStanding(
                HashIdentifier.Load(row.Bytes(0)),
                (Admission)row.Number(1),
                row.Number(2),
                row.Number(3) == 1,
                row.IsNull(4) ? null : (MemberState)row.Number(4))
            : null;

    /// <summary>Keeps the room as it is until the transaction ends: whoever joins, leaves, posts or renews the key waits.</summary>
    public static async ValueTask HoldAsync(this WriteTransaction transaction, RoomId room, CancellationToken ct) =>
        await transaction.ExecuteAsync(Hold, [SqlValue.Of(room)], ct);

    /// <summary>Holds the room for its owner. Who is not the owner is refused before it is held, so that nobody else can hold it up.</summary>
    /// <returns>How it stands while it is held, for the owner.</returns>
    public static async ValueTask<RoomOutcome<RoomStanding>> HoldAsOwnerAsync(
        this WriteTransaction transaction,
        RoomId room,
        HashIdentifier user,
        CancellationToken ct)
    {
        var seen = AsOwner(await transaction.ReadStandingAsync(room, user, ct), user);
        if (seen.Value is null)
        {
            return seen;
        }

        await transaction.HoldAsync(room, ct);
        return AsOwner(await transaction.ReadStandingAsync(room, user, ct), user); // Whoever was before us may have changed it.
    }

    private static RoomOutcome<RoomStanding> AsOwner(RoomStanding? standing, HashIdentifier user) => standing switch
    {
        null => ApiProblem.RoomUnknown,
        _ when standing.OwnerGuid != user => ApiProblem.Forbidden,
        _ => standing,
    };
}
