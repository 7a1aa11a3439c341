using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>The parameter is the request's body: read strictly by <see cref="Actions.BodyReader{T}"/>, or as it is (<see cref="JsonBytes"/>).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class JsonBodyAttribute : Attribute, IBindingSourceMetadata
{
    public BindingSource BindingSource => BindingSource.Body;

    /// <summary>How <see cref="JsonBytes"/> are described; the parameter's own type where null.</summary>
    public Type? DescribedAs { get; init; }

    /// <summary>Whether the call may be made without a body.</summary>
    public bool IsOptional { get; init; }
}
