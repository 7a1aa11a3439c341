using Repository.Api.Machines;

namespace Repository.Api.Operation;

/// <summary>The operations that are injected where they are called.</summary>
internal static class OperationServices
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<MachineVerifier>();
        services.AddScoped<ListMachines>();
        services.AddScoped<ReadStatus>();
    }
}
