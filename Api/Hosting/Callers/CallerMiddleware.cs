using Microsoft.Extensions.Primitives;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;

namespace Repository.Api.Hosting.Callers;

/// <summary>
/// Recognises the caller, then counts the request against its limit, then refuses a bad credential, on every path. Recognition
/// comes first because limits go by credential; a bad one counts against the address, so that guessing is limited too.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerRecognition recognition, RateLimits limits)
{
    public Task InvokeAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        return authorization.Count == 0 ? PassAsync(context, Caller.Anonymous) : RecognizeAsync(context, authorization);
    }

    private async Task RecognizeAsync(HttpContext context, StringValues authorization) =>
        await PassAsync(context, await recognition.RecognizeAsync(authorization, context.RequestAborted));

    private Task PassAsync(HttpContext context, Caller? caller)
    {
        if (!limits.Admits(context, caller ?? Caller.Anonymous, out var retryAfter))
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return Answer.Refuse(ApiProblem.RateLimited).WriteAsync(context);
        }

        if (caller is null)
        {
            return AuthorizationProblems.Challenge(context, isBad: true).WriteAsync(context);
        }

        if (!caller.IsAnonymous)
        {
            context.Features.Set(caller);
            context.User = caller.User;
        }

        return next(context);
    }
}
