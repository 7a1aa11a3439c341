using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>The pool of contexts, which requests and writes borrow from.</summary>
public sealed class LendingContextsTests
{
    /// <summary>The next request is made to borrow at every moment at which the one before can have given back.</summary>
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_request_that_ends_takes_no_context_from_the_next_one(DatabaseProvider provider)
    {
        using var folder = new TestFolder();
        var registered = new List<Type>();
        string[] args =
        [
            $"--Database:Provider={provider}",
            "--ConnectionStrings:Repository=Host=127.0.0.1", // Nothing is asked of the database.
            $"--Repository:DataDirectory={folder.Path}",
        ];
        await using var app = RepositoryServer.Build(args, builder =>
        {
            registered.AddRange(builder.Services.Select(service => service.ServiceType).Where(typeof(DbContext).IsAssignableFrom));
            builder.Services.AddTransient<Borrower>();
        });
        var borrowers = new List<Borrower>();
        await using (var request = app.Services.CreateAsyncScope())
        {
            foreach (var type in registered)
            {
                _ = request.ServiceProvider.GetRequiredService(type);
                borrowers.Add(request.ServiceProvider.GetRequiredService<Borrower>()); // Ends before what was made before it.
            }
        }

        await using var later = await app.Services.GetRequiredService<IDbContextFactory<RepositoryDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        List<RepositoryDbContext?> lent = [later, .. borrowers.Select(borrower => borrower.Borrowed)];

        Assert.Contains(typeof(RepositoryDbContext), registered);
        Assert.DoesNotContain(null, lent);
        Assert.Distinct(lent);
    }

    /// <summary>Borrows a context while the request that it belongs to ends.</summary>
    private sealed class Borrower(IDbContextFactory<RepositoryDbContext> contexts) : IDisposable
    {
        public RepositoryDbContext? Borrowed { get; private set; }

        public void Dispose() => Borrowed = contexts.CreateDbContext();
    }
}
