namespace Repository.Api.Hosting.Callers;

/// <summary>The names of what a caller may be asked to be.</summary>
internal static class Policies
{
    public const string Administrator = "administrator";

    /// <summary>A user with a session, or an administrator in its place. Whose things it may change, the action asks the caller.</summary>
    public const string User = "user";

    /// <summary>A user with a session, and nobody in its place: what is made is that user's.</summary>
    public const string Session = "session";

    /// <summary>Who may admit a node: an administrator, or the node itself with a join token.</summary>
    public const string Admission = "admission";

    /// <summary>An instance of a resource, with its login token. Of which resource, the action asks the caller.</summary>
    public const string Resource = "resource";
}
