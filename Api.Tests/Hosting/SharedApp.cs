using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Hosting;

/// <summary>One server for all tests of a class, on SQLite: for rules that are decided before the database is asked.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    private RepositoryApp? _app;

    public RepositoryApp App => _app ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync() => _app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
