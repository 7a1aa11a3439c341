using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>A room's event as statements return it.</summary>
internal static class EventRow
{
    /// <summary>What a statement selects of <c>room_events e</c>.</summary>
    public const string Columns =
        """
        e.sequence, e.type, e.message_number, e.date, e.room_id, e.user_guid, e.by_guid, e.epoch, e.ciphertext, e.signature,
            e.client_message_id, e.changes
        """;

    /// <param name="row">A row.</param>
    /// <param name="first">Where its <see cref="Columns"/> begin.</param>
    public static RoomEvent Read(SqlRow row, int first) => new(
        row.Bytes(first + 4),
        row.Number(first),
        (RoomEventType)row.Number(first + 1),
        row.Number(first + 2),
        row.Date(first + 3))
    {
        UserGuid = UserOf(row, first + 5),
        ByGuid = UserOf(row, first + 6),
        Epoch = row.IsNull(first + 7) ? null : row.Number(first + 7),
        Ciphertext = BytesOf(row, first + 8),
        Signature = BytesOf(row, first + 9),
        ClientMessageId = BytesOf(row, first + 10),
        Changes = BytesOf(row, first + 11),
    };

    private static HashIdentifier? UserOf(SqlRow row, int column) => row.IsNull(column) ? null : HashIdentifier.Load(row.Bytes(column));

    private static byte[]? BytesOf(SqlRow row, int column) => row.IsNull(column) ? null : row.Bytes(column);
}
