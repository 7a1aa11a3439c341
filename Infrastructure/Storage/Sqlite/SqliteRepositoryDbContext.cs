using Microsoft.EntityFrameworkCore;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The model on SQLite; its migrations are in <c>Migrations/Sqlite</c>.</summary>
public sealed class SqliteRepositoryDbContext(DbContextOptions<SqliteRepositoryDbContext> options) : RepositoryDbContext(options);
