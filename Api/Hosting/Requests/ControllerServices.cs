using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>Controllers with our own binding, validation and answers, and nothing of MVC's that would decide differently.</summary>
internal static class ControllerServices
{
    public static void AddControllersAndValidation(this IServiceCollection services)
    {
        services.AddMvcCore(static mvc =>
        {
            mvc.ModelBinderProviders.Insert(0, new CanonicalTextBinderProvider());
            mvc.ModelBinderProviders.Insert(0, new JsonBodyBinderProvider());
            mvc.ValueProviderFactories.Clear();
            mvc.ValueProviderFactories.Add(new RouteValueProviderFactory());
            mvc.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
            mvc.ModelValidatorProviders.Clear();
            mvc.ModelMetadataDetailsProviders.Add(new SuppressChildValidationMetadataProvider(typeof(object)));
            mvc.InputFormatters.Clear();
            mvc.Filters.AddService<RequestFilter>(); // One for all requests: it remembers validators.
        }).AddApiExplorer().ConfigureApplicationPartManager(static parts =>
        {
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new InternalControllers());
        });
        services.AddSingleton<RequestFilter>();
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(ControllerServices).Assembly, includeInternalTypes: true))
        {
            services.AddSingleton(found.InterfaceType, found.ValidatorType);
        }
    }
}
