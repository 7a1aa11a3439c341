using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Hosting;

/// <summary>A suite that runs on both databases: a test class derives from it and has a sealed class for each.</summary>
public abstract class DatabaseTests(DatabaseProvider provider) : IAsyncLifetime
{
    private RepositoryApp? _app;

    /// <summary>The server of this test.</summary>
    protected RepositoryApp App => _app ?? throw new InvalidOperationException("The test has not begun.");

    protected DatabaseProvider Provider => provider;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Settings that differ from the defaults.</summary>
    protected virtual (string Name, string Value)[] Settings => [];

    public async ValueTask InitializeAsync() => _app = await RepositoryApp.StartAsync(provider, Ct, Settings);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
