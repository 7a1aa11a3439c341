namespace Repository.Api.Hosting.OpenApi;

/// <summary>What the call makes has no path of its own: its 201 comes without <c>Location</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HasNoLocationAttribute : Attribute;
