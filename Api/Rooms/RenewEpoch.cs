using System.Text.Json.Nodes;
using FluentValidation;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <param name="Epoch">The room's present epoch plus 1.</param>
/// <param name="WrappedKeys">The new room key by user guid, wrapped for each of the present members: base64 of 1 to 512 bytes.</param>
public sealed record RenewEpochRequest(long Epoch, WrappedKeys WrappedKeys);

internal sealed class RenewEpochRequestValidator : AbstractValidator<RenewEpochRequest>
{
    public RenewEpochRequestValidator() => RuleFor(request => request.WrappedKeys)
        .Must(static keys => keys.ByUser is not null)
        .WithMessage($"must map user guids, each once, to base64 of 1 to {WrappedKeys.MaxSize} bytes.");
}

/// <summary>What became of a renewal.</summary>
internal abstract record Renewal
{
    private Renewal()
    {
    }

    /// <summary>The epoch has begun.</summary>
    public sealed record Done : Renewal;

    /// <summary>These members have no key in it, and these users no place in the room.</summary>
    public sealed record Mismatch(IReadOnlyList<string> Missing, IReadOnlyList<string> Extra) : Renewal;
}

/// <summary>
/// Begins the next epoch with a key for exactly the present members. The room is held meanwhile: nobody joins or leaves between the
/// comparison and the commit, and of two renewals at once the second finds another epoch.
/// </summary>
internal sealed class RenewEpoch(RoomId roomId, RenewEpochRequest request, Caller caller, RoomJournal journal) : WriteOperation<RoomOutcome<Renewal>>
{
    /// <summary>How many users of each kind a refusal names at the most.</summary>
    private const int MaxNamed = 100;

    private static readonly Statement SelectMembers = new("SELECT user_guid FROM room_members WHERE room_id = $1 AND state = 1");

    private static readonly Statement Advance = new(
        "UPDATE rooms SET epoch = $1, rekey_required = FALSE WHERE room_id = $2 AND epoch = $3");

    public override async ValueTask<RoomOutcome<Renewal>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var held = await transaction.HoldAsOwnerAsync(roomId, caller.SessionUser, ct);
        if (held.Value is not { } room)
        {
            return held.Refusal!;
        }

        if (request.Epoch != room.Epoch + 1)
        {
            return ApiProblem.EpochConflict;
        }

        var keys = request.WrappedKeys.ByUser!;
        var members = (await transaction.QueryAsync(SelectMembers, [SqlValue.Of(roomId)], ct))
            .Select(row => HashIdentifier.Load(row.Bytes(0))).ToHashSet();
        if (!members.SetEquals(keys.Keys))
        {
            return new Renewal.Mismatch(Name(members.Except(keys.Keys)), Name(keys.Keys.Except(members)));
        }

        await transaction.StoreKeysAsync(roomId, request.Epoch, keys, ct);
        await transaction.ExecuteAsync(Advance, [SqlValue.Of(request.Epoch), SqlValue.Of(roomId), SqlValue.Of(room.Epoch)], ct);
        await journal.TellAsync(transaction, roomId, new RoomChange(RoomEventType.Epoch) { Epoch = request.Epoch }, ct);
        await journal.AuditAsync(transaction, caller.Actor, "room-rekeyed", roomId, request.Epoch, ct);
        return new Renewal.Done();
    }

    private static List<string> Name(IEnumerable<HashIdentifier> users) =>
        [.. users.Select(static user => user.ToString()).Order(StringComparer.Ordinal).Take(MaxNamed)];
}

/// <summary>How a renewal is answered.</summary>
internal static class RenewalAnswers
{
    public static Answer Of(Renewal renewal, RoomId room, long epoch) => renewal switch
    {
        Renewal.Mismatch mismatch => Answer.Refuse(ApiProblem.MembersMismatch)
            .With("missing", ToJson(mismatch.Missing))
            .With("extra", ToJson(mismatch.Extra)),
        _ => Answer.Created($"/v1/rooms/{room}/epochs/{epoch}/key", new EpochView(epoch)),
    };

    private static JsonArray ToJson(IReadOnlyList<string> users) => new([.. users.Select(static user => JsonValue.Create(user))]);
}
