namespace Repository.Api.Hosting.OpenApi;

/// <summary>The service under which a controller's operations are grouped.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ServiceTagAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
