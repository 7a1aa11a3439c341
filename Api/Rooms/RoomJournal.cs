using System.Globalization;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>
/// Records what is done in rooms: for their members in the room's log, for the operator in the audit log, which knows who and which room
/// and never a name, a message or a key.
/// </summary>
internal sealed class RoomJournal(AuditLog audit, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Appends to the room's log.</summary>
    /// <returns>The event's sequence.</returns>
    public ValueTask<long> TellAsync(WriteTransaction transaction, RoomId room, RoomChange change, CancellationToken ct) =>
        transaction.AppendAsync(room, change, Now, ct);

    /// <summary>Appends to the audit log: last, because everybody waits for it.</summary>
    public Task AuditAsync(WriteTransaction transaction, string actor, string action, RoomId room, CancellationToken ct) =>
        audit.AppendAsync(transaction, new AuditEvent(actor, action, room.ToString()), ct);

    /// <inheritdoc cref="AuditAsync(WriteTransaction, string, string, RoomId, CancellationToken)"/>
    public Task AuditAsync(WriteTransaction transaction, string actor, string action, RoomId room, HashIdentifier user, CancellationToken ct) =>
        audit.AppendAsync(transaction, new AuditEvent(actor, action, room.ToString(), $$"""{"user":"{{user}}"}"""), ct);

    /// <inheritdoc cref="AuditAsync(WriteTransaction, string, string, RoomId, CancellationToken)"/>
    public Task AuditAsync(WriteTransaction transaction, string actor, string action, RoomId room, long epoch, CancellationToken ct) =>
        audit.AppendAsync(
            transaction,
            new AuditEvent(actor, action, room.ToString(), string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\":{epoch}}}")),
            ct);
}
