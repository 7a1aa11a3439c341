using System.Security.Claims;
using Microsoft.Extensions.Primitives;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Hosting.Callers;

/// <summary>Reads <c>Authorization: Bearer …</c> (RFC 6750, 2.1). The kinds of credential are told apart by their prefix.</summary>
internal sealed class CallerRecognition(AdministratorKey administrator)
{
    private const string Scheme = "Bearer ";

    private readonly Lazy<Caller> _administrator = new(() => new Caller(
        Policies.Administrator,
        Convert.ToHexString(administrator.Hash),
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Role, Policies.Administrator)],
            authenticationType: "Bearer"))));

    /// <returns>The caller, or null when a credential was presented and is bad.</returns>
    public Caller? Recognize(StringValues authorization)
    {
        if (authorization.Count == 0)
        {
            return Caller.Anonymous;
        }

        if (authorization.Count > 1
            || authorization[0] is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var credential = header[Scheme.Length..];
        return credential.StartsWith(AdministratorKey.Prefix, StringComparison.Ordinal) && administrator.Matches(credential)
            ? _administrator.Value
            : null;
    }
}
