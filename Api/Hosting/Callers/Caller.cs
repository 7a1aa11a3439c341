using System.Security.Claims;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Hosting.Callers;

/// <summary>Who makes a request, as far as its credential proves.</summary>
/// <param name="Actor">The name in the audit log.</param>
/// <param name="CredentialId">Tells credentials apart, for idempotency and rate limits; says nothing about the secret.</param>
/// <param name="User">The roles that policies ask for.</param>
/// <param name="UserGuid">Whose session it is; null where it is none.</param>
/// <param name="ResourceGuid">Whose login token it is; null where it is none.</param>
/// <param name="Token">The session's token, so that a call that takes long can ask whether it still counts; null where there is none.</param>
/// <param name="JoinTokenHash">Of the join token that it is; null where it is none.</param>
internal sealed record Caller(
    string Actor,
    string CredentialId,
    ClaimsPrincipal User,
    HashIdentifier? UserGuid = null,
    HashIdentifier? ResourceGuid = null,
    VerifiedToken? Token = null,
    byte[]? JoinTokenHash = null)
{
    /// <summary>Everybody without a credential: one caller.</summary>
    public static Caller Anonymous { get; } = new("anonymous", string.Empty, new ClaimsPrincipal(new ClaimsIdentity()));

    public bool IsAnonymous => ReferenceEquals(this, Anonymous);

    public bool IsAdministrator => User.IsInRole(Policies.Administrator);

    /// <summary>Whose session it is, where the policy asked for one (<see cref="Policies.Session"/>).</summary>
    public HashIdentifier SessionUser => UserGuid ?? throw new InvalidOperationException("The caller has no session.");

    /// <summary>The administrator, by its key.</summary>
    public static Caller Administrator(string credentialId) => new(Policies.Administrator, credentialId, InRole(Policies.Administrator));

    /// <summary>A user, by a session.</summary>
    public static Caller Session(HashIdentifier userGuid, string credentialId, VerifiedToken? token = null) =>
        new(userGuid.ToString(), credentialId, InRole(Policies.User), userGuid, Token: token);

    /// <summary>An instance of a resource, by its login token. It is no session of the owner's.</summary>
    public static Caller LoginToken(HashIdentifier resourceGuid, string credentialId) =>
        new($"resource:{resourceGuid}", credentialId, InRole(Policies.Resource), ResourceGuid: resourceGuid);

    /// <summary>A node that is to be admitted, by its join token.</summary>
    public static Caller JoinToken(byte[] hash) =>
        new("join-token", $"join-token:{Convert.ToHexString(hash)}", InRole(Policies.Admission), JoinTokenHash: hash);

    /// <summary>The caller of a request that passed <see cref="CallerMiddleware"/>.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Anonymous;

    /// <summary>Whether it may do what this user may do: it is the user, or an administrator.</summary>
    public bool MayActAs(HashIdentifier user) => UserGuid == user || IsAdministrator;

    private static ClaimsPrincipal InRole(string role) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], authenticationType: "Bearer"));
}
