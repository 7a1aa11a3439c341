using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class RoomRightsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    /// <summary>Who may make a call.</summary>
    internal enum Who
    {
        Anyone,
        Member,
        Owner,
    }

    [Fact]
    public async Task Members_and_owners_calls_are_refused_to_everybody_else_alike()
    {
        var users = await App.NewUsersAsync(6, Ct);
        var (owner, member, stranger, pending, invited, removed) = (users[0], users[1], users[2], users[3], users[4], users[5]);
        var room = await App.CreateRoomOfAsync([owner, member, removed], Ct);
        using var closed = await App.CallAsync(owner, HttpMethod.Patch, $"/{room}", """{"admission":"approval"}""", Ct);
        using var asked = await App.JoinAsync(room, pending, Ct);
        using var invitation = await App.AdmitAsync(room, owner, invited, Ct);
        await App.RemovedAsync(room, owner, removed, Ct);
        await App.RenewedAsync(room, 2, Ct, owner, member);
        var before = await App.LogAsync(room, Ct);

        foreach (var call in CallsOn(room, member))
        {
            foreach (var user in (string[])[stranger, pending, invited, removed, member])
            {
                var isMember = string.Equals(user, member, StringComparison.Ordinal);
                if (call.For == Who.Anyone || (isMember && (call.For == Who.Member || call.IsOnItself)))
                {
                    continue;
                }

                using var refused = await App.CallAsync(user, call.Method, call.Path, call.Json, Ct);
                await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            }
        }

        Assert.Equal(before, await App.LogAsync(room, Ct));
    }

    [Fact]
    public async Task Rooms_are_for_sessions_and_an_unknown_one_is_unknown_to_all()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var resource = await App.CreateResourceAsync(users[0], Ct);
        var (_, token) = await App.CreateLoginTokenAsync(users[0], resource, Ct);
        var nowhere = new string('0', 32);
        foreach (var call in CallsOn(nowhere, users[1]))
        {
            using var unknown = await App.CallAsync(users[0], call.Method, call.Path, call.Json, Ct);
            await unknown.RefusedAsync(HttpStatusCode.NotFound, "room-unknown", Ct);
            using var anonymous = await RepositoryApp.SendAsync(App.Anonymous, call.Method, RoomCalls.Path + call.Path, call.Json, Ct);
            await anonymous.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            foreach (var client in (HttpClient[])[App.Administrator, App.Bearing(token)])
            {
                using var foreign = await RepositoryApp.SendAsync(client, call.Method, RoomCalls.Path + call.Path, call.Json, Ct);
                await foreign.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
            }
        }
    }

    /// <summary>Everything that can be done with a room, on this user where it is about one; the last one deletes it.</summary>
    internal static (HttpMethod Method, string Path, string? Json, Who For, bool IsOnItself)[] CallsOn(string room, string user) =>
    [
        (HttpMethod.Get, $"/{room}", null, Who.Anyone, false),
        (HttpMethod.Post, $"/{room}/members", null, Who.Anyone, false),
        (HttpMethod.Get, $"/{room}/members", null, Who.Member, false),
        (HttpMethod.Get, $"/{room}/members?after=AAAAAAAAAP8", null, Who.Member, false),
        (HttpMethod.Get, $"/{room}/epochs/current/key", null, Who.Member, false),
        (HttpMethod.Get, $"/{room}/epochs/1/key", null, Who.Member, false),
        (HttpMethod.Get, $"/{room}/epochs/99/key", null, Who.Member, false),
        (HttpMethod.Post, $"/{room}/messages", RoomCalls.Message(1), Who.Member, false),
        (HttpMethod.Post, $"/{room}/messages", RoomCalls.Message(2, "named"), Who.Member, false),
        (HttpMethod.Put, $"/{room}/members/{user}", null, Who.Owner, false),
        (HttpMethod.Put, $"/{room}/members/{new string('0', 64)}", null, Who.Owner, false),
        (HttpMethod.Post, $"/{room}/epochs", RoomCalls.Renewal(3, user), Who.Owner, false),
        (HttpMethod.Patch, $"/{room}", """{"name":"Mine"}""", Who.Owner, false),
        (HttpMethod.Patch, $"/{room}", "{}", Who.Owner, false),
        (HttpMethod.Delete, $"/{room}/members/{user}", null, Who.Owner, true),
        (HttpMethod.Delete, $"/{room}", null, Who.Owner, false),
    ];

    public sealed class OnSqlite() : RoomRightsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RoomRightsTests(DatabaseProvider.Postgres);
}
