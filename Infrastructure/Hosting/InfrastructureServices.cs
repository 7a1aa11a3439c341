using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Background;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Cluster.Discovery;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Idempotency;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Storage.Postgres;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Infrastructure.Hosting;

/// <summary>Puts the infrastructure together for the configured database.</summary>
internal static class InfrastructureServices
{
    private const string ConnectionStringName = "Repository";

    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration, DatabaseProvider provider)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ColumnSealer>();
        services.AddSingleton<AdministratorKey>();
        services.AddSingleton<MasterKeyFile>();
        services.AddSingleton<MasterKeySetup>();
        services.AddSingleton<SigningKeySeal>();
        services.AddSingleton<SigningKeySchedule>();
        services.AddSingleton<SigningKeyTable>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<TokenSigner>();
        services.AddSingleton<VerifiedTokens>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<RevokedTokens>();
        services.AddSingleton<CofferKeyTable>();
        services.AddSingleton<CofferKey>();
        services.AddSingleton<SecretSeal>();
        services.AddSingleton<KeptShards>();
        services.AddSingleton<ShardReader>();
        services.AddSingleton<LicenceReader>();
        services.AddSingleton<Companions>();
        services.AddSingleton<DeploymentKeys>();
        services.AddSingleton<KeySetup>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<DiskSpace>();
        services.AddSingleton<AuditLog>();
        services.AddAuditHeads();
        services.AddSingleton<IdempotentWrites>();
        services.AddSingleton<LocalSignals>();
        services.AddSingleton<HeldPolls>();
        services.AddSingleton<RoomLog>();
        services.AddSingleton<UserEvents>();
        services.AddSingleton<JobTurns>();
        services.AddCluster();
        services.AddPrivatePort();
        if (provider == DatabaseProvider.Postgres)
        {
            services.AddPostgres(configuration.GetConnectionString(ConnectionStringName));
        }
        else
        {
            services.AddSqlite();
        }

        // In this order: what is registered first starts first and stops last.
        services.AddHostedService<StartUp>();
        services.AddHostedService<HoldPollsWhileServing>();
        services.AddHostedService(static provider => provider.GetRequiredService<AuditMemory>());
        services.AddSingleton<NodeWatch>().AddHostedService(static provider => provider.GetRequiredService<NodeWatch>());
        services.AddSingleton<PeerLinks>().AddHostedService(static provider => provider.GetRequiredService<PeerLinks>());
        services.AddHostedService<LocalDiscovery>();
        services.AddSingleton<DiscoveryAnnouncer>().AddHostedService(static provider => provider.GetRequiredService<DiscoveryAnnouncer>());
        services.AddSingleton<Countersigner>().AddHostedService(static provider => provider.GetRequiredService<Countersigner>());
        services.AddSingleton<AuditChainCheck>().AddHostedService(static provider => provider.GetRequiredService<AuditChainCheck>());
        services.AddSingleton<IdempotencySweeper>().AddHostedService(static provider => provider.GetRequiredService<IdempotencySweeper>());
        services.AddSingleton<WindowSweeper>().AddHostedService(static provider => provider.GetRequiredService<WindowSweeper>());
        services.AddSingleton<LoginTokenUses>().AddHostedService(static provider => provider.GetRequiredService<LoginTokenUses>());
        if (provider == DatabaseProvider.Postgres)
        {
            services.AddSingleton<PostgresSignalListener>().AddHostedService(static provider => provider.GetRequiredService<PostgresSignalListener>());
            services.AddHostedService<PostgresSignalSender>();
            services.AddSingleton<RereadRooms>().AddHostedService(static provider => provider.GetRequiredService<RereadRooms>());
        }

        services.AddSingleton<RoomSweeper>().AddHostedService(static provider => provider.GetRequiredService<RoomSweeper>());
        services.AddSingleton<SessionSweeper>().AddHostedService(static provider => provider.GetRequiredService<SessionSweeper>());
        services.AddSingleton<SpentRequestSweeper>().AddHostedService(static provider => provider.GetRequiredService<SpentRequestSweeper>());
        return services;
    }

    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<Database>(static provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddContexts<SqliteRepositoryDbContext>(static (provider, options) =>
            options.UseSqlite(provider.GetRequiredService<SqliteDatabase>().ReaderConnectionString));
        services.AddWriter<SqliteWriteQueue>();
        services.AddSingleton<SchemaSetup, SqliteSchemaSetup>();
        services.AddSingleton<EventHorizon, SqliteEventHorizon>();
        services.AddSingleton<ISignals>(static provider => provider.GetRequiredService<LocalSignals>());
    }

    private static void AddPostgres(this IServiceCollection services, string? connectionString)
    {
        services.AddSingleton(_ => PostgresDatabase.MakeSource(connectionString));
        services.AddSingleton<Database, PostgresDatabase>();
        services.AddContexts<PostgresRepositoryDbContext>(static (provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddWriter<PostgresWriteQueue>();
        services.AddSingleton<SchemaSetup, PostgresSchemaSetup>();
        services.AddSingleton<EventHorizon, PostgresEventHorizon>();
        services.AddSingleton(_ => new ListenerSource(PostgresDatabase.MakeListenerSource(connectionString)));
        services.AddSingleton<SignalConnections>();
        services.AddSingleton<PostgresSignals>();
        services.AddSingleton<ISignals>(static provider => provider.GetRequiredService<PostgresSignals>());
    }

    private static void AddContexts<TContext>(
        this IServiceCollection services,
        Action<IServiceProvider, DbContextOptionsBuilder> use)
        where TContext : RepositoryDbContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            use(provider, options);
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
        services.AddSingleton<IDbContextFactory<RepositoryDbContext>, DbContextFactory<TContext>>();

        // Straight from the pool. A scope disposes of what each registration gave: a context that two of them give goes back to the
        // pool twice, the second time perhaps while the next request already uses it, and is then lent to two at once.
        services.AddScoped(static provider => provider.GetRequiredService<IDbContextFactory<RepositoryDbContext>>().CreateDbContext());
    }

    private static void AddWriter<TQueue>(this IServiceCollection services)
        where TQueue : class, IWriteQueue, IDatabaseWriter
    {
        services.AddSingleton<TQueue>();
        services.AddSingleton<IWriteQueue>(static provider => provider.GetRequiredService<TQueue>());
        services.AddSingleton<IDatabaseWriter>(static provider => provider.GetRequiredService<TQueue>());
    }
}
