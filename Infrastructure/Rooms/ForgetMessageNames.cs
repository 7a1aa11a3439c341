using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>Forgets the names of messages that were removed, a day after they were posted; says whether there may be more.</summary>
internal sealed class ForgetMessageNames(DateTimeOffset now) : WriteOperation<bool>
{
    private const int NamesPerWrite = 500;

    private static readonly Statement Delete = new(
        $"""
        DELETE FROM room_client_messages WHERE (room_id, user_guid, client_message_id) IN
            (SELECT room_id, user_guid, client_message_id FROM room_client_messages WHERE expires_date <= $1 ORDER BY expires_date LIMIT {NamesPerWrite})
        """);

    public override bool IsSingleStatement => true;

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
        await transaction.ExecuteAsync(Delete, [SqlValue.Of(now)], ct) == NamesPerWrite;
}
