using System.Globalization;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class KeepingMessagesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_history_limit_keeps_the_last_messages_and_sequences_go_on_after_a_restart_too()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"historyLimit\":3");
        for (var i = 0; i < 5; i++)
        {
            await App.PostedAsync(room, users[0], 1, Ct, $"m{i}");
        }

        await App.SweepRoomsAsync(Ct);
        Assert.Equal([6, 7, 8], await SequencesAsync(room));
        await App.RestartAsync(Ct);
        await App.SweepRoomsAsync(Ct);
        Assert.Equal(9, await App.PostedAsync(room, users[1], 1, Ct));
        using var raised = await App.CallAsync(users[0], HttpMethod.Patch, $"/{room}", """{"historyLimit":1}""", Ct);
        await App.SweepRoomsAsync(Ct);
        Assert.Equal([9, 10], await SequencesAsync(room));
        Assert.Equal(11, await App.PostedAsync(room, users[1], 1, Ct));
    }

    [Fact]
    public async Task Retention_removes_what_is_as_old_as_it_says_and_nothing_younger_and_never_the_counter()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"retentionSeconds\":3600");
        var untouched = await App.CreateRoomOfAsync(users, Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        await App.PostedAsync(room, users[0], 1, Ct);

        App.Clock.Advance(TimeSpan.FromSeconds(3_590) - TimeSpan.FromTicks(1));
        await App.SweepRoomsAsync(Ct);
        Assert.Equal([1, 2, 3], await SequencesAsync(room));
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await App.SweepRoomsAsync(Ct);
        Assert.Equal([3], await SequencesAsync(room));
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        await App.SweepRoomsAsync(Ct);

        Assert.Empty(await SequencesAsync(room));
        Assert.Equal([1, 2], await SequencesAsync(untouched));
        Assert.Equal(3, (await App.ShowRoomAsync(room, users[0], Ct)).GetProperty("lastSequence").GetInt64());
        Assert.Equal(4, await App.PostedAsync(room, users[0], 1, Ct));
    }

    [Fact]
    public async Task The_job_runs_by_itself_within_a_minute_and_removes_many_in_several_writes()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"retentionSeconds\":1");
        await App.ExecuteSqlAsync(
            Provider == DatabaseProvider.Sqlite
                ? "WITH RECURSIVE n(i) AS (VALUES (3) UNION ALL SELECT i + 1 FROM n WHERE i < 700) INSERT INTO room_events (room_id, sequence, type, message_number, date) SELECT @p0, i, 1, i, 0 FROM n"
                : "INSERT INTO room_events (room_id, sequence, type, message_number, date) SELECT @p0, i, 1, i, 0 FROM generate_series(3, 700) i",
            Ct,
            Convert.FromHexString(room));
        await App.ExecuteSqlAsync("UPDATE rooms SET last_sequence = 700, message_count = 698", Ct);

        App.Clock.Advance(TimeSpan.FromSeconds(59));
        for (var i = 0; i < 500 && await RoomRows.CountAsync(App, "room_events", Ct) > 0; i++)
        {
            await Task.Yield();
        }

        Assert.Equal(0, await RoomRows.CountAsync(App, "room_events", Ct));
        Assert.Equal(701, await App.PostedAsync(room, users[0], 1, Ct));
    }

    [Fact]
    public async Task A_name_is_remembered_for_a_day_also_when_its_message_is_gone()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"retentionSeconds\":60");
        Assert.Equal(3, await App.PostedAsync(room, users[0], 1, Ct, "name"));
        App.Clock.Advance(TimeSpan.FromSeconds(60));
        await App.SweepRoomsAsync(Ct);
        Assert.Empty(await SequencesAsync(room));

        App.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        await App.SweepRoomsAsync(Ct);
        using var repeated = await App.PostAsync(room, users[0], RoomCalls.Message(1, "name"), Ct);
        Assert.Equal(3, (await repeated.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("sequence").GetInt64());
        App.Clock.Advance(TimeSpan.FromTicks(1));
        await App.SweepRoomsAsync(Ct);
        Assert.Equal(0, await RoomRows.CountAsync(App, "room_client_messages", Ct));
        Assert.Equal(4, await App.PostedAsync(room, users[0], 1, Ct, "name"));

        App.Clock.Advance(TimeSpan.FromDays(2)); // Kept as long as its message is, however long that is.
        using var kept = await App.PostAsync(room, users[0], RoomCalls.Message(1, "name"), Ct);
        await kept.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    public async Task Wrapped_keys_go_with_the_last_message_under_them_and_the_present_one_never()
    {
        var users = await App.NewUsersAsync(2, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"retentionSeconds\":60");
        await App.PostedAsync(room, users[0], 1, Ct);
        await App.RenewedAsync(room, 2, Ct, users);
        App.Clock.Advance(TimeSpan.FromSeconds(30));
        await App.PostedAsync(room, users[0], 2, Ct);
        await App.RenewedAsync(room, 3, Ct, users);

        await App.SweepRoomsAsync(Ct);
        Assert.Equal(6, await RoomRows.CountAsync(App, "room_keys", Ct));
        App.Clock.Advance(TimeSpan.FromSeconds(30));
        await App.SweepRoomsAsync(Ct);
        using var first = await App.KeyAsync(room, users[1], "1", Ct);
        await first.RefusedAsync(HttpStatusCode.NotFound, "epoch-unknown", Ct);
        using var second = await App.KeyAsync(room, users[1], "2", Ct);
        await second.IsAsync(HttpStatusCode.OK, Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(30));
        await App.SweepRoomsAsync(Ct);

        Assert.Equal(2, await RoomRows.CountAsync(App, "room_keys", Ct));
        using var third = await App.KeyAsync(room, users[1], "current", Ct);
        Assert.Equal(3, (await third.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_keeps_nothing_too_long_and_removes_nothing_too_early()
    {
        var users = await App.NewUsersAsync(1, Ct);
        var room = await App.CreateRoomOfAsync(users, Ct, ",\"retentionSeconds\":7200");
        App.Clock.Advance(-TimeSpan.FromHours(1));
        Assert.Equal(3, await App.PostedAsync(room, users[0], 1, Ct));

        App.Clock.Advance(TimeSpan.FromHours(2));
        await App.SweepRoomsAsync(Ct);
        Assert.Equal([1, 2, 3], await SequencesAsync(room)); // The message is past, and read no more: it goes behind what is before it.
        App.Clock.Advance(TimeSpan.FromHours(1));
        await App.SweepRoomsAsync(Ct);
        Assert.Empty(await SequencesAsync(room));
    }

    private async Task<List<long>> SequencesAsync(string room) =>
        [.. (await App.LogAsync(room, Ct)).Select(static entry => long.Parse(entry.Split(' ')[0], CultureInfo.InvariantCulture))];

    public sealed class OnSqlite() : KeepingMessagesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : KeepingMessagesTests(DatabaseProvider.Postgres);
}
