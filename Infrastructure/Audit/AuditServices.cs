using Microsoft.Extensions.DependencyInjection;

namespace Repository.Infrastructure.Audit;

/// <summary>The audit log's chain, and the heads that nodes sign of it.</summary>
internal static class AuditServices
{
    public static void AddAuditHeads(this IServiceCollection services)
    {
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditMemory>();
        services.AddSingleton<PeerHeads>();
        services.AddSingleton<AuditWitness>();
        services.AddSingleton<CountersignatureTable>();
        services.AddSingleton<HeadSigning>();
        services.AddSingleton<Countersigning>();
        services.AddSingleton<CountersignSchedule>();
    }
}
