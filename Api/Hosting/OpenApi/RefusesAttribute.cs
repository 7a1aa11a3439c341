namespace Repository.Api.Hosting.OpenApi;

/// <summary>The problems of its own that an operation answers with, by code; those that every operation shares are added to them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes { get; } = codes;
}
