using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>Whether the caller is a member, as a filter: <c>true</c> or <c>false</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MemberFilter(bool Value) : ICanonicalText<MemberFilter>
{
    public static string Rule => "must be true or false.";

    public static bool TryParse(ReadOnlySpan<char> text, out MemberFilter value)
    {
        value = new MemberFilter(text is "true");
        return text is "true" or "false";
    }
}

/// <summary>The rooms that are there.</summary>
internal static class PresentRooms
{
    public static IQueryable<Room> Named(this IQueryable<Room> rooms, RoomId room)
    {
        var id = room.ToByteArray();
        return rooms.Where(row => row.RoomId == id && !row.IsDeleted);
    }
}

/// <summary>
/// Lists rooms, the newest first. A room by invitation is listed to its members and to whom it invited; who knows its id can still ask
/// for it.
/// </summary>
internal sealed class ListRooms(RepositoryDbContext db)
{
    public Task<Page<RoomView>> ExecuteAsync(HashIdentifier user, bool? member, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        var rooms = db.Rooms.Where(room => !room.IsDeleted);
        if (after is { Position: var position })
        {
            rooms = rooms.Where(room => room.Id < position);
        }

        var own = db.RoomMembers.Where(row => row.UserGuid == user);
        var joined = own.Where(row => row.State == MemberState.Member);
        var visible = member switch
        {
            true => joined.Join(rooms, row => row.RoomId, room => room.RoomId, (_, room) => room), // Few, by the index of the user.
            false => Listed(rooms, own).Where(room => !joined.Any(row => row.RoomId == room.RoomId)),
            null => Listed(rooms, own),
        };
        return visible.OrderByDescending(room => room.Id).ToPageAsync(limit, static room => room.Id, RoomView.Of, ct);
    }

    private static IQueryable<Room> Listed(IQueryable<Room> rooms, IQueryable<RoomMember> own) =>
        rooms.Where(room => room.Admission != Admission.Invitation || own.Any(row => row.RoomId == room.RoomId));
}
