using System.Net;
using Microsoft.Data.Sqlite;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>Another process, such as an operator's <c>sqlite3</c>, holds the write lock of the database's file.</summary>
public sealed class LockedFileTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_write_is_refused_soon_and_so_is_readiness_until_the_lock_is_gone()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(App.DataDirectory, "repository.db")};Pooling=False");
        await other.OpenAsync(Ct);
        await using var held = await other.BeginTransactionAsync(Ct); // Immediate, which takes the lock.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(10)); // A third of what SQLite's binding waits by itself.

        using var refused = await App.PostVerifyAsync(hash, date, patience.Token);
        using var notReady = await App.Anonymous.GetAsync("/health/ready", patience.Token);

        await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable", Ct);
        await notReady.RefusedAsync(HttpStatusCode.ServiceUnavailable, "not-ready", Ct);
        await held.RollbackAsync(Ct);
        using var ready = await App.Anonymous.GetAsync("/health/ready", Ct);
        await ready.IsAsync(HttpStatusCode.OK, Ct);
        await App.VerifyAsync(hash, date, Ct);
    }
}
