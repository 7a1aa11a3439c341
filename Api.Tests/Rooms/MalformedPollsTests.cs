using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Rooms;

namespace Repository.Api.Tests.Rooms;

public sealed class MalformedPollsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string User = new('a', 32);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("after", "-1")]
    [InlineData("after", "00")]
    [InlineData("after", "1e3")]
    [InlineData("after", "+1")]
    [InlineData("after", "9223372036854775808")]
    [InlineData("after", "")]
    [InlineData("limit", "0")]
    [InlineData("limit", "1001")]
    [InlineData("limit", "010")]
    [InlineData("wait", "61")]
    [InlineData("wait", "-1")]
    [InlineData("wait", "1.5")]
    [InlineData("wait", "60%00")]
    public async Task A_number_that_is_not_in_order_is_refused_and_never_clamped(string name, string value)
    {
        foreach (var path in new[] { $"/v1/rooms/{new string('0', 32)}/events", EventCalls.AllRooms })
        {
            using var answer = await shared.App.SessionOf(User).GetAsync($"{path}?{name}={value}", Ct);

            await answer.InvalidAsync(Ct, name);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("AQAA=")]
    [InlineData("AQAA%20")]
    [InlineData("AgAA")] // Another version.
    [InlineData("AQAB")] // Names a room, and ends.
    [InlineData("AQCAAA")] // A number longer than it needs to be.
    [InlineData("AQABBQA")] // A room at the floor.
    [InlineData("AQAAAA")] // Something behind it.
    [InlineData("AQACBQEFAQ")] // A room twice.
    [InlineData("AQBB")] // More rooms than there can be.
    [InlineData("Af__________fwEBAQ")] // Beyond every number.
    public async Task A_cursor_that_no_answer_held_is_refused(string cursor)
    {
        using var answer = await shared.App.SessionOf(User).GetAsync($"{EventCalls.AllRooms}?after={cursor}", Ct);

        await answer.InvalidAsync(Ct, "after");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    [InlineData("x")]
    public async Task A_last_event_id_that_is_no_sequence_is_refused(string id)
    {
        using var session = shared.App.SessionOf(User);

        using var answer = await RepositoryApp.SendAsync(
            session,
            HttpMethod.Get,
            $"/v1/rooms/{new string('0', 32)}/stream",
            null,
            Ct,
            ("Last-Event-ID", id));

        await answer.InvalidAsync(Ct, "Last-Event-ID");
    }

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        EventCursor[] cursors =
        [
            EventCursor.Start,
            new(127, []),
            new(long.MaxValue, []),
            new(300, [(1, 301), (2, 1L << 40), (1L << 62, long.MaxValue)]),
            new(0, [.. Enumerable.Range(1, EventCursor.MaxAhead).Select(static room => (long.MaxValue - EventCursor.MaxAhead + room, long.MaxValue))]),
        ];
        Assert.Equal("AQAA", EventCursor.Start.ToString());
        Assert.All(cursors, cursor =>
        {
            var read = EventCursor.Parse(cursor.ToString());
            Assert.Equal(cursor.Floor, read!.Floor);
            Assert.Equal(cursor.Ahead, read.Ahead);
        });
    }

    [Fact]
    public async Task Only_a_session_may_poll()
    {
        foreach (var path in new[] { $"/v1/rooms/{new string('0', 32)}/events", $"/v1/rooms/{new string('0', 32)}/stream", EventCalls.AllRooms })
        {
            using var anonymous = await shared.App.Anonymous.GetAsync(path, Ct);
            await anonymous.RefusedAsync(System.Net.HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            using var administrator = await shared.App.Administrator.GetAsync(path, Ct);
            await administrator.RefusedAsync(System.Net.HttpStatusCode.Forbidden, "forbidden", Ct);
        }
    }
}
