using Microsoft.EntityFrameworkCore;

namespace Repository.Infrastructure.Storage;

/// <summary>Makes contexts of the configured provider for those who need not know which one it is.</summary>
internal sealed class DbContextFactory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<RepositoryDbContext>
    where TContext : RepositoryDbContext
{
    public RepositoryDbContext CreateDbContext() => contexts.CreateDbContext();
}
