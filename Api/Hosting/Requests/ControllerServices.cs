using FluentValidation;

namespace Repository.Api.Hosting.Requests;

/// <summary>Controllers, for their routes and descriptions, and the validators of their bodies.</summary>
internal static class ControllerServices
{
    public static void AddControllersAndValidation(this IServiceCollection services)
    {
        services.AddMvcCore().AddApiExplorer().ConfigureApplicationPartManager(static parts =>
        {
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new InternalControllers());
        });
        services.Configure<RouteOptions>(static routes => routes.SetParameterPolicy<ExceptConstraint>(ExceptConstraint.Name));
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(ControllerServices).Assembly, includeInternalTypes: true))
        {
            services.AddSingleton(found.InterfaceType, found.ValidatorType);
        }
    }
}
