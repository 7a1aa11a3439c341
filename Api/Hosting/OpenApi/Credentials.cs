using Microsoft.OpenApi;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>The four kinds of credential, as the Authorize dialog offers them. All are sent as <c>Authorization: Bearer …</c>.</summary>
internal static class Credentials
{
    public const string AdministratorKey = "AdministratorKey";
    public const string SessionToken = "SessionToken";
    public const string LoginToken = "LoginToken";
    public const string JoinToken = "JoinToken";

    public static IReadOnlyDictionary<string, OpenApiSecurityScheme> All { get; } = new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal)
    {
        [AdministratorKey] = Bearer("rak_…", "An administrator's key: the content of admin.key in the data directory, or Repository:AdminKey."),
        [SessionToken] = Bearer("JWT", "A user's session token, from POST /v1/sessions."),
        [LoginToken] = Bearer("rlt_<source>.<secret>", "A resource's login token, shown once when it is made."),
        [JoinToken] = Bearer("rjt_…", "A join token, from POST /v1/cluster/join-tokens: it admits one node, once."),
    };

    public static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static OpenApiSecurityScheme Bearer(string format, string description) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = format,
        Description = description,
    };
}
