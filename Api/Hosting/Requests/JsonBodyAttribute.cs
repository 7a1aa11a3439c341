using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>The parameter is the request's body, read strictly by <see cref="JsonBodyBinder"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class JsonBodyAttribute : Attribute, IBindingSourceMetadata
{
    public BindingSource BindingSource => BindingSource.Body;
}
