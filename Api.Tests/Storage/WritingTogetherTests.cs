using System.Data.Common;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

public abstract class WritingTogetherTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task An_operation_that_fails_takes_no_other_with_it()
    {
        await App.CreateScratchAsync(Ct);
        await App.Writes.ExecuteAsync(Scratch.InsertOne(1), Ct);
        using var blocker = new BlockingWrite();
        var blocked = Task.Run(() => App.Writes.ExecuteAsync(blocker, Ct), Ct);
        await blocker.Entered.WaitAsync(Ct);

        var writes = Enumerable.Range(0, 50).Select(i => App.Writes.ExecuteAsync(Kind(i), Ct)).ToList();
        blocker.Release();
        await blocked;
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(writes));

        var expected = Enumerable.Range(0, 50).Where(i => i % 5 > 1).Select(i => 100L + i).Prepend(1).Order();
        Assert.Equal(expected, (await App.ReadScratchAsync(Ct)).Keys.Order());
        for (var i = 0; i < writes.Count; i++)
        {
            var failure = writes[i].Exception?.InnerException;
            switch (i % 5)
            {
                case 0:
                    Assert.Equal($"operation {i}", Assert.IsType<NotSupportedException>(failure).Message);
                    break;
                case 1:
                    Assert.IsAssignableFrom<DbException>(failure); // The unique index.
                    break;
                default:
                    Assert.Equal(1, await writes[i]);
                    break;
            }
        }
    }

    [Fact]
    public async Task Each_of_five_hundred_writes_at_once_is_done_exactly_once()
    {
        await App.CreateScratchAsync(Ct);
        await App.Writes.ExecuteAsync(Scratch.InsertOne(7), Ct);

        var changed = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => App.Writes.ExecuteAsync(Scratch.IncrementOne(7), Ct)));

        Assert.All(changed, rows => Assert.Equal(1, rows));
        Assert.Equal(500, (await App.ReadScratchAsync(Ct))[7]);
        Assert.Equal(0, App.Writes.Depth);
    }

    [Fact]
    public async Task A_write_that_refuses_itself_keeps_nothing_of_what_it_wrote()
    {
        await App.CreateScratchAsync(Ct);

        await Assert.ThrowsAsync<NotSupportedException>(() => App.Writes.ExecuteAsync(Failing(0), Ct));

        Assert.Empty(await App.ReadScratchAsync(Ct));
    }

    [Fact]
    public async Task Fifty_registrations_at_once_through_http_are_all_kept()
    {
        var machines = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.RegisterAsync(Ct)));

        foreach (var (hash, date) in machines)
        {
            Assert.Equal(date, (await App.MachineAsync(hash, Ct)).GetProperty("lastAccessedDate").GetString());
        }

        using var again = await App.PostMachineAsync(machines[0].Hash, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    private static WriteOperation<int> Kind(int i) => (i % 5) switch
    {
        0 => Failing(i),
        1 => Scratch.InsertOne(1),
        2 => new TestWrite<int>((transaction, ct) => Scratch.InsertAsync(transaction, 100 + i, ct)),
        _ => Scratch.InsertOne(100 + i),
    };

    /// <summary>Writes three rows, one of them that another operation writes too, and then fails.</summary>
    private static TestWrite<int> Failing(int i) => new(async (transaction, ct) =>
    {
        await Scratch.InsertAsync(transaction, 100 + i, ct);
        await Scratch.InsertAsync(transaction, 200 + i, ct);
        await Scratch.IncrementAsync(transaction, 1, ct);
        throw new NotSupportedException($"operation {i}");
    });

    public sealed class OnSqlite() : WritingTogetherTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : WritingTogetherTests(DatabaseProvider.Postgres);
}
