using Microsoft.EntityFrameworkCore;
using Repository.Domain.Machines;

namespace Repository.Infrastructure.Storage.Postgres;

/// <summary>The model on PostgreSQL; its migrations are in <c>Migrations/PostgreSql</c>.</summary>
public sealed class PostgresRepositoryDbContext(DbContextOptions<PostgresRepositoryDbContext> options) : RepositoryDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A verify changes no indexed column: with room on the page the new row version stays there and no index is touched (HOT).
        modelBuilder.Entity<Machine>().HasStorageParameter("fillfactor", 70);
    }
}
