namespace Repository.Api.Software;

/// <summary>The operations on software that are injected where they are called.</summary>
internal static class SoftwareServices
{
    public static void AddSoftware(this IServiceCollection services) => services.AddScoped<ListSoftware>();
}
