using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>The parameter is the request's body, read strictly by <see cref="Actions.BodyReader{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class JsonBodyAttribute : Attribute, IBindingSourceMetadata
{
    public BindingSource BindingSource => BindingSource.Body;
}
