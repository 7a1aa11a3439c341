using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;

namespace Repository.Api.Hosting.Callers;

/// <summary>Answers who may not: 401 without a credential, 403 with one that is not enough.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult switch
        {
            { Succeeded: true } => next(context),
            { Challenged: true } => ChallengeAsync(context, "Bearer realm=\"repository\""),
            _ => Answer.Refuse(ApiProblem.Forbidden).WriteAsync(context),
        };

    /// <summary>Writes 401 with <c>WWW-Authenticate</c> (RFC 6750, 3).</summary>
    public static Task ChallengeAsync(HttpContext context, string challenge)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
        return Answer.Refuse(ApiProblem.Unauthenticated).WriteAsync(context);
    }
}
