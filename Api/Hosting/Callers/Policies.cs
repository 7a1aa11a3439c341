namespace Repository.Api.Hosting.Callers;

/// <summary>The names of what a caller may be asked to be.</summary>
internal static class Policies
{
    public const string Administrator = "administrator";
}
