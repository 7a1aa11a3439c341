namespace Repository.Api.Machines;

/// <summary>The operations on machines that are injected where they are called.</summary>
internal static class MachineServices
{
    public static void AddMachines(this IServiceCollection services)
    {
        services.AddSingleton<MachineVerifier>();
        services.AddScoped<ListMachines>();
    }
}
