using System.Globalization;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rooms;

public abstract class RacingRemovalsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const int Rounds = 40;
    private const int Posters = 6;

    [Fact]
    public async Task No_message_is_taken_under_an_epoch_after_a_removal_or_from_who_was_removed()
    {
        var users = await App.NewUsersAsync(3, Ct);
        var (owner, stays, goes) = (users[0], users[1], users[2]);
        var room = await App.CreateRoomOfAsync(users, Ct);
        var (taken, refused) = (0, 0);
        for (var epoch = 1; epoch <= Rounds; epoch++)
        {
            // Some posts are before the removal, some after, some at the same time; and some guess the epoch that is about to begin.
            var posts = Enumerable.Range(0, Posters).Select(i => App.PostAsync(
                room,
                i % 2 == 0 ? stays : goes,
                RoomCalls.Message(i == 5 ? epoch + 1 : epoch, i == 3 ? $"round {epoch}".Replace(' ', '-') : null),
                Ct)).ToList();
            var removal = RemoveAndRenewAsync(room, owner, stays, goes, epoch + 1);
            var answers = await Task.WhenAll(posts);
            await removal;
            taken += answers.Count(answer => answer.StatusCode == HttpStatusCode.Created);
            foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            {
                Assert.Contains(await RepositoryApp.CodeOf(answer, Ct), (string[])["forbidden", "epoch-stale", "rekey-required"]);
                refused++;
            }

            await App.JoinedAsync(room, goes, Ct);
            await App.RenewedAsync(room, ++epoch + 1, Ct, owner, stays, goes);
        }

        AssertLog(await App.LogAsync(room, Ct), goes, taken);
        Assert.True(taken > 0, "Every post lost.");
        Assert.True(refused > 0, "Every post won.");
    }

    private async Task RemoveAndRenewAsync(string room, string owner, string stays, string goes, long epoch)
    {
        await App.RemovedAsync(room, owner, goes, Ct);
        await App.RenewedAsync(room, epoch, Ct, owner, stays);
    }

    /// <summary>Replays the log: each message stands under the epoch of its place, where no removal is open and its sender is a member.</summary>
    private static void AssertLog(List<string> log, string goes, int taken)
    {
        var (epoch, isOpen, isIn, messages) = (0L, false, false, 0);
        for (var i = 0; i < log.Count; i++)
        {
            var entry = log[i].Split(' ');
            Assert.Equal(i + 1, int.Parse(entry[0], CultureInfo.InvariantCulture));
            switch (entry[1])
            {
                case "Epoch":
                    (epoch, isOpen) = (long.Parse(entry[2], CultureInfo.InvariantCulture), false);
                    break;
                case "Removed":
                    (isOpen, isIn) = (true, false);
                    break;
                case "Joined":
                    isIn |= string.Equals(entry[2], goes, StringComparison.Ordinal);
                    break;
                default:
                    Assert.Equal("Message", entry[1]);
                    Assert.False(isOpen, $"{log[i]} follows a removal.");
                    Assert.Equal(epoch, long.Parse(entry[3], CultureInfo.InvariantCulture));
                    Assert.True(isIn || !string.Equals(entry[2], goes, StringComparison.Ordinal), $"{log[i]} is by who was removed.");
                    messages++;
                    break;
            }
        }

        Assert.Equal(taken, messages);
    }

    public sealed class OnSqlite() : RacingRemovalsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RacingRemovalsTests(DatabaseProvider.Postgres)
    {
        private const string Remove = "DELETE FROM room_members WHERE room_id = $1 AND user_guid = $2";

        [Theory]
        [InlineData("UPDATE rooms SET rekey_required = TRUE, member_count = 2 WHERE room_id = $1", "rekey-required")]
        [InlineData("UPDATE rooms SET epoch = 2, member_count = 2 WHERE room_id = $1", "epoch-stale")]
        [InlineData("UPDATE rooms SET is_deleted = TRUE WHERE room_id = $1", "room-unknown")]
        public async Task A_post_that_waited_for_a_removal_is_judged_by_what_that_left(string change, string code)
        {
            var users = await App.NewUsersAsync(3, Ct);
            var room = await App.CreateRoomOfAsync(users, Ct);
            var id = Convert.FromHexString(room);
            await using var removal = await OpenChange.MakeAsync(
                App.ConnectionString!,
                Ct,
                (change, [id]),
                (Remove, [id, Convert.FromHexString(users[2])]));

            var posts = new[] { App.PostAsync(room, users[1], RoomCalls.Message(1), Ct), App.PostAsync(room, users[2], RoomCalls.Message(1, "name"), Ct) };
            await removal.CommitBeforeAsync(posts.Length, Ct);

            using var byMember = await posts[0];
            Assert.Equal(code, await RepositoryApp.CodeOf(byMember, Ct));
            using var byRemoved = await posts[1];
            Assert.Equal(code is "room-unknown" ? code : "forbidden", await RepositoryApp.CodeOf(byRemoved, Ct));
            Assert.Equal(4, (await App.LogAsync(room, Ct)).Count);
        }

        [Fact]
        public async Task A_renewal_that_waited_for_a_joining_counts_the_newcomer()
        {
            var users = await App.NewUsersAsync(2, Ct);
            var room = await App.CreateRoomOfAsync(users[..1], Ct);
            var id = Convert.FromHexString(room);
            await using var joining = await OpenChange.MakeAsync(
                App.ConnectionString!,
                Ct,
                ("UPDATE rooms SET member_count = 2, last_place = 2 WHERE room_id = $1", [id]),
                ("INSERT INTO room_members (room_id, user_guid, state, place) VALUES ($1, $2, 1, 2)", [id, Convert.FromHexString(users[1])]));

            var renewal = App.RenewAsync(room, 2, Ct, users[0]);
            await joining.CommitBeforeAsync(1, Ct);

            using var refused = await renewal;
            var problem = await refused.RefusedAsync((HttpStatusCode)422, "members-mismatch", Ct);
            Assert.Equal(users[1], Assert.Single(problem.GetProperty("missing").EnumerateArray()).GetString());
        }
    }
}
