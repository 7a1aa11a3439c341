using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>A form that asks about a token (RFC 7662, 2.1; RFC 7009, 2.1). Other fields, such as <c>token_type_hint</c>, are ignored.</summary>
/// <param name="Token">The token.</param>
public sealed record TokenForm(string Token);

/// <summary>The parameter is the request's body, as <c>application/x-www-form-urlencoded</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FormBodyAttribute : Attribute, IBindingSourceMetadata
{
    public BindingSource BindingSource => BindingSource.Body;
}
