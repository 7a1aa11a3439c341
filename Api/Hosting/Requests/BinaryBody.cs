using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Hosting.Requests;

/// <summary>A body that is not JSON, as it was received.</summary>
/// <param name="Bytes">The bytes, unread.</param>
/// <param name="MediaType">Which of the types that the call takes it says that it is; without a body the first.</param>
internal sealed record BinaryBody(ReadOnlyMemory<byte> Bytes, string MediaType);

/// <summary>The parameter is the request's body, in one of these content types.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class BinaryBodyAttribute(params string[] mediaTypes) : Attribute, IBindingSourceMetadata
{
    public BindingSource BindingSource => BindingSource.Body;

    public IReadOnlyList<string> MediaTypes { get; } = mediaTypes;
}
