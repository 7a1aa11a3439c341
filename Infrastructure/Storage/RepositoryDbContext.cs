using System.Text;
using Microsoft.EntityFrameworkCore;
using Repository.Domain.Audit;
using Repository.Domain.Capabilities;
using Repository.Domain.Cluster;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Domain.Resources;
using Repository.Domain.Rooms;
using Repository.Domain.Sessions;
using Repository.Domain.Software;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Idempotency;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Sessions;

namespace Repository.Infrastructure.Storage;

/// <summary>
/// The model, one for both databases. Reads do not track; writes come only through <see cref="IWriteQueue"/>.
/// </summary>
public abstract class RepositoryDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Machine> Machines => Set<Machine>();

    public DbSet<User> Users => Set<User>();

    public DbSet<UserKey> UserKeys => Set<UserKey>();

    public DbSet<SoftwareProduct> Software => Set<SoftwareProduct>();

    public DbSet<Capability> Capabilities => Set<Capability>();

    public DbSet<Seat> Seats => Set<Seat>();

    public DbSet<Revocation> Revocations => Set<Revocation>();

    public DbSet<Resource> Resources => Set<Resource>();

    public DbSet<LoginToken> LoginTokens => Set<LoginToken>();

    public DbSet<Room> Rooms => Set<Room>();

    public DbSet<RoomMember> RoomMembers => Set<RoomMember>();

    public DbSet<UserCluster> Clusters => Set<UserCluster>();

    public DbSet<ClusterMember> ClusterMembers => Set<ClusterMember>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    internal DbSet<AuditHead> AuditHead => Set<AuditHead>();

    internal DbSet<ShardRow> Shards => Set<ShardRow>();

    internal DbSet<SecretRow> Secrets => Set<SecretRow>();

    internal DbSet<Companion> Companions => Set<Companion>();

    internal DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    internal DbSet<NodeRow> Nodes => Set<NodeRow>();

    internal DbSet<KeyCheck> KeyChecks => Set<KeyCheck>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(RepositoryDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(ToSnakeCase(property.Name));
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Ticks in both databases: SQLite has no type for dates, and PostgreSQL's cannot hold 100 ns, which a machine's date has.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<HashIdentifier>().HaveConversion<HashIdentifierConverter>();
        configurationBuilder.Properties<CapabilityGuid>().HaveConversion<CapabilityGuidConverter>();
        configurationBuilder.Properties<ClientKey>().HaveConversion<ClientKeyConverter>();
        configurationBuilder.Properties<SessionId>().HaveConversion<SessionIdConverter>();
        configurationBuilder.Properties<NodeId>().HaveConversion<NodeIdConverter>();
        configurationBuilder.Properties<MemberName>().HaveConversion<MemberNameConverter>();
    }

    /// <summary>Names without capitals need no quotes in SQL.</summary>
    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterUpper(character) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
