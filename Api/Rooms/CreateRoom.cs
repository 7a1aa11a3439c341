using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Info">What it is for: to 2,000 characters.</param>
/// <param name="Capacity">How many members it takes: 1 to 10,000; 256.</param>
/// <param name="Admission">How users come in: open, approval or invitation; open.</param>
/// <param name="HistoryLimit">How many messages are kept: 1 to 1,000,000; absent: all.</param>
/// <param name="RetentionSeconds">How long events are kept: 1 to 315,360,000 (10 years); absent: for ever.</param>
public sealed record CreateRoomRequest(
    string Name,
    string? Info = null,
    int? Capacity = null,
    string? Admission = null,
    int? HistoryLimit = null,
    int? RetentionSeconds = null);

internal sealed class CreateRoomRequestValidator : AbstractValidator<CreateRoomRequest>
{
    public CreateRoomRequestValidator()
    {
        RuleFor(request => request.Name).HasCharacters(1, Room.MaxNameLength);
        RuleFor(request => request.Info).HasCharacters(0, Room.MaxInfoLength);
        RuleFor(request => request.Capacity).IsFromTo(1, Room.MaxCapacity);
        RuleFor(request => request.Admission).IsAdmission();
        RuleFor(request => request.HistoryLimit).IsFromTo(1, Room.MaxHistoryLimit);
        RuleFor(request => request.RetentionSeconds).IsFromTo(1, Room.MaxRetentionSeconds);
    }
}

/// <summary>Creates a room; its creator is its owner and first member. The id is random and drawn before, so that nothing is looked up.</summary>
internal sealed class CreateRoom(RoomId roomId, CreateRoomRequest request, Caller caller, RoomJournal journal)
    : WriteOperation<RoomOutcome<RoomView>>
{
    private static readonly Statement Insert = new(
        """
        INSERT INTO rooms (room_id, owner_guid, name, info, capacity, member_count, admission, history_limit, retention_seconds,
                           epoch, rekey_required, created_date, last_sequence, message_count, last_place, is_deleted)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 0, TRUE, $9, 0, 0, 0, FALSE)
        """);

    public override async ValueTask<RoomOutcome<RoomView>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var owner = caller.SessionUser;
        _ = AdmissionText.TryParse(request.Admission, out var admission);
        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(roomId),
                SqlValue.Of(owner),
                SqlValue.Of(request.Name),
                SqlValue.Of(request.Info),
                SqlValue.Of(request.Capacity ?? Room.DefaultCapacity),
                SqlValue.Of((long)admission),
                SqlValue.Of(request.HistoryLimit),
                SqlValue.Of(request.RetentionSeconds),
                SqlValue.Of(journal.Now),
            ],
            ct);
        await transaction.AdmitAsync(roomId, owner, journal, ct);
        await journal.AuditAsync(transaction, caller.Actor, "room-created", roomId, ct);
        return RoomView.Of(await transaction.Db.Rooms.Named(roomId).SingleAsync(ct));
    }
}
