using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Storage;

/// <summary>Where the data is and how writes reach it.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The database: <c>Sqlite</c> (embedded, the default) or <c>Postgres</c>.</summary>
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>How many writes may wait; one more is answered 503 <c>overloaded</c>. 1 to 1,000,000; 10,000.</summary>
    [Range(1, 1_000_000)]
    public int WriteQueueLength { get; set; } = 10_000;

    /// <summary>SQLite: how many writes share a transaction, and so an fsync, at the most. 1 to 10,000; 512.</summary>
    [Range(1, 10_000)]
    public int WriteGroupSize { get; set; } = 512;

    /// <summary>PostgreSQL: how many writes run at once. 1 to 1,000; 32.</summary>
    [Range(1, 1_000)]
    public int WriteConcurrency { get; set; } = 32;

    /// <summary>Free space under which the server calls itself not ready, in bytes. 0 to 2^50; 64 MiB.</summary>
    [Range(0L, 1L << 50)]
    public long MinFreeDiskBytes { get; set; } = 64L << 20;
}
