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
            { Challenged: true } => Challenge(context).WriteAsync(context),
            _ => Answer.Refuse(ApiProblem.Forbidden).WriteAsync(context),
        };

    /// <summary>401 with <c>WWW-Authenticate</c> (RFC 6750, 3).</summary>
    /// <param name="context">The request.</param>
    /// <param name="isBad">Whether a credential was presented and is bad.</param>
    public static Answer Challenge(HttpContext context, bool isBad = false)
    {
        context.Response.Headers.WWWAuthenticate = isBad ? "Bearer realm=\"repository\", error=\"invalid_token\"" : "Bearer realm=\"repository\"";
        return Answer.Refuse(ApiProblem.Unauthenticated);
    }
}
