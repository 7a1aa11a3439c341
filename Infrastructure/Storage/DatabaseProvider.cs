namespace Repository.Infrastructure.Storage;

/// <summary>The databases that this server runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>The embedded one: a file in the data directory.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later, for several nodes.</summary>
    Postgres,
}
