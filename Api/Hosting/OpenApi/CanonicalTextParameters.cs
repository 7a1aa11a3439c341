using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Repository.Api.Hosting.Actions;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>Describes parameters with one spelling as the single values that they are; MVC would take them apart into their properties.</summary>
internal sealed class CanonicalTextParameters(IModelMetadataProvider metadata) : IApiDescriptionProvider
{
    /// <summary>After MVC's own.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var parameter in context.Results.SelectMany(description => description.ParameterDescriptions))
        {
            var type = parameter.ParameterDescriptor?.ParameterType;
            if (type is not null && CanonicalTexts.Include(Nullable.GetUnderlyingType(type) ?? type))
            {
                parameter.Name = parameter.ParameterDescriptor!.Name;
                parameter.Type = type;
                parameter.ModelMetadata = metadata.GetMetadataForType(type);
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        // Nothing is left to do.
    }
}
