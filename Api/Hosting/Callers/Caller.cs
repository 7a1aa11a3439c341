using System.Security.Claims;

namespace Repository.Api.Hosting.Callers;

/// <summary>Who makes a request, as far as its credential proves.</summary>
/// <param name="Actor">The name in the audit log.</param>
/// <param name="CredentialId">Tells credentials apart, for idempotency and rate limits; says nothing about the secret.</param>
/// <param name="User">The roles that policies ask for.</param>
internal sealed record Caller(string Actor, string CredentialId, ClaimsPrincipal User)
{
    /// <summary>Everybody without a credential: one caller.</summary>
    public static Caller Anonymous { get; } = new("anonymous", string.Empty, new ClaimsPrincipal(new ClaimsIdentity()));

    public bool IsAnonymous => ReferenceEquals(this, Anonymous);

    /// <summary>The caller of a request that passed <see cref="CallerMiddleware"/>.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Anonymous;
}
