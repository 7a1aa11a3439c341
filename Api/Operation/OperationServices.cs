using Repository.Api.Audit;

namespace Repository.Api.Operation;

/// <summary>What the operator's calls need.</summary>
internal static class OperationServices
{
    public static void AddOperation(this IServiceCollection services)
    {
        services.AddScoped<ReadStatus>();
        services.AddScoped<ReadCounts>();
        services.AddSingleton<ReadAuditHead>();
    }
}
