using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <param name="Name">1 to 200 characters; absent: as it is.</param>
/// <param name="Info">To 2,000 characters; absent: as it is.</param>
/// <param name="Capacity">1 to 10,000, and not below the members; absent: as it is.</param>
/// <param name="Admission">open, approval or invitation, for who asks from now on; absent: as it is.</param>
/// <param name="HistoryLimit">1 to 1,000,000 messages; absent: as it is.</param>
/// <param name="RetentionSeconds">1 to 315,360,000 (10 years); absent: as it is.</param>
public sealed record UpdateRoomRequest(
    string? Name = null,
    string? Info = null,
    int? Capacity = null,
    string? Admission = null,
    int? HistoryLimit = null,
    int? RetentionSeconds = null);

internal sealed class UpdateRoomRequestValidator : AbstractValidator<UpdateRoomRequest>
{
    public UpdateRoomRequestValidator()
    {
        RuleFor(request => request.Name).HasCharacters(1, Room.MaxNameLength);
        RuleFor(request => request.Info).HasCharacters(0, Room.MaxInfoLength);
        RuleFor(request => request.Capacity).IsFromTo(1, Room.MaxCapacity);
        RuleFor(request => request.Admission).IsAdmission();
        RuleFor(request => request.HistoryLimit).IsFromTo(1, Room.MaxHistoryLimit);
        RuleFor(request => request.RetentionSeconds).IsFromTo(1, Room.MaxRetentionSeconds);
    }
}

/// <summary>
/// Changes a room while it is held. Its members are told the fields that changed; a call that changes nothing makes no event and is not
/// audited.
/// </summary>
internal sealed class UpdateRoom(RoomId roomId, UpdateRoomRequest request, Caller caller, RoomJournal journal) : WriteOperation<RoomOutcome<RoomView>>
{
    private static readonly Statement Update = new(
        """
        UPDATE rooms SET name = $1, info = $2, capacity = $3, admission = $4, history_limit = $5, retention_seconds = $6
        WHERE room_id = $7
        """);

    public override async ValueTask<RoomOutcome<RoomView>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if ((await transaction.HoldAsOwnerAsync(roomId, caller.SessionUser, ct)).Refusal is { } refusal)
        {
            return refusal;
        }

        var room = await transaction.Db.Rooms.Named(roomId).SingleAsync(ct);
        if (request.Capacity < room.MemberCount)
        {
            return ApiProblem.RoomFull;
        }

        var changes = RoomChanges.Between(room, request);
        if (changes.Count > 0)
        {
            await WriteAsync(transaction, room, ct);
            await journal.TellAsync(transaction, roomId, new RoomChange(RoomEventType.Updated) { Changes = RoomChanges.Spell(changes) }, ct);
            await journal.AuditAsync(transaction, caller.Actor, "room-updated", roomId, ct);
            room = await transaction.Db.Rooms.Named(roomId).SingleAsync(ct);
        }

        return RoomView.Of(room);
    }

    private async ValueTask WriteAsync(WriteTransaction transaction, Room room, CancellationToken ct) => await transaction.ExecuteAsync(
        Update,
        [
            SqlValue.Of(request.Name ?? room.Name),
            SqlValue.Of(request.Info ?? room.Info),
            SqlValue.Of(request.Capacity ?? room.Capacity),
            SqlValue.Of((long)(AdmissionText.TryParse(request.Admission, out var admission) ? admission : room.Admission)),
            SqlValue.Of(request.HistoryLimit ?? room.HistoryLimit),
            SqlValue.Of(request.RetentionSeconds ?? room.RetentionSeconds),
            SqlValue.Of(roomId),
        ],
        ct);
}
