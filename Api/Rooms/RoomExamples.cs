using Repository.Api.Hosting;
using Repository.Api.Hosting.Json;
using Repository.Domain.Encoding;

namespace Repository.Api.Rooms;

/// <summary>Examples for the description of the API.</summary>
internal static class RoomExamples
{
    private const string Id = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d";
    private const string Owner = "3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667";

    private static readonly DateTimeOffset Created = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    private static readonly RoomView Room = new()
    {
        RoomId = Id,
        Name = "Press crew",
        Info = null,
        OwnerGuid = Owner,
        Capacity = 256,
        Admission = "approval",
        HistoryLimit = 10_000,
        RetentionSeconds = null,
        Epoch = 0,
        RekeyRequired = true,
        CreatedDate = Created,
        LastSequence = 1,
    };

    private static readonly RoomMemberView Member = new(Owner, "member", Created);

    private static readonly RoomEventView Message = new(4, "message", Id, Created)
    {
        UserGuid = Owner,
        Epoch = 1,
        Ciphertext = Convert.ToBase64String(new byte[60]),
        Signature = Convert.ToBase64String(new byte[64]),
        ClientMessageId = "3f2a9c41",
    };

    public static object[] All { get; } =
    [
        new CreateRoomRequest("Press crew", Admission: "approval", HistoryLimit: 10_000),
        new UpdateRoomRequest("Press crew", Capacity: 512),
        Room,
        new Page<RoomView>([Room], null),
        new MembershipView(Owner, "member"),
        new Page<RoomMemberView>([Member], null),
        new RenewEpochRequest(1, WrappedKeys.Of(new Dictionary<HashIdentifier, byte[]> { [HashIdentifier.Parse(Owner)] = new byte[80] })),
        new EpochView(1),
        new RoomKeyView(1, Convert.ToBase64String(new byte[80])),
        new PostMessageRequest(1, new Base64Bytes(new byte[60]), new Base64Bytes(new byte[64]), "3f2a9c41"),
        new PostedMessageView(4, Created),
        new RoomEventsView([Message], 4),
        new EventsView([Message], "AQQA"),
    ];
}
