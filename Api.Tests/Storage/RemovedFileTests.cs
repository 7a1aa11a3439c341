using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>Somebody removes the database's file while the server runs.</summary>
public sealed class RemovedFileTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task Nothing_is_acknowledged_that_would_end_with_the_process_until_the_file_is_back()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var path = Path.Combine(App.DataDirectory, "repository.db");
        var elsewhere = path + ".moved";
        File.Move(path, elsewhere);

        using var refused = await App.PostVerifyAsync(hash, date, Ct);
        using var notReady = await App.Anonymous.GetAsync("/health/ready", Ct);

        await refused.RefusedAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable", Ct);
        await notReady.RefusedAsync(HttpStatusCode.ServiceUnavailable, "not-ready", Ct);
        Assert.False(File.Exists(path)); // No empty one was made.
        File.Move(elsewhere, path);
        using var ready = await App.Anonymous.GetAsync("/health/ready", Ct);
        await ready.IsAsync(HttpStatusCode.OK, Ct);
        await App.VerifyAsync(hash, date, Ct);
    }
}
