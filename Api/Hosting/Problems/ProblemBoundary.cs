using Microsoft.AspNetCore.Connections;
using Repository.Api.Hosting.Answers;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Problems;

/// <summary>
/// The outermost step: headers that every answer has, and a problem in place of every exception and every bare error status.
/// What went wrong inside is logged and not told.
/// </summary>
internal sealed partial class ProblemBoundary(RequestDelegate next, ILogger<ProblemBoundary> logger)
{
    private const string RetrySoon = "1";

    /// <summary>An answer to a caller that is gone; nginx's number for it, seen in metrics only.</summary>
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
#pragma warning disable CA1031 // The boundary: each kind of failure becomes its problem.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await ExplainAsync(context, failure);
            return;
        }

        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
        {
            await Answer.Refuse(FromStatus(context.Response.StatusCode)).WriteAsync(context);
        }
    }

    private Task ExplainAsync(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
            case ConnectionResetException: // It went away in the middle of its body.
                context.Response.StatusCode = ClientClosedRequest;
                return Task.CompletedTask;
            case BadHttpRequestException refused:
                return Answer.Refuse(FromStatus(refused.StatusCode)).WriteAsync(context);
            case WriteQueueFullException:
                context.Response.Headers.RetryAfter = RetrySoon;
                return Answer.Refuse(ApiProblem.Overloaded).WriteAsync(context);
            case var outage when StorageOutage.Caused(outage):
                LogOutage(outage);
                context.Response.Headers.RetryAfter = RetrySoon;
                return Answer.Refuse(ApiProblem.StorageUnavailable).WriteAsync(context);
            default:
                LogFailure(RequestTrace.IdOf(context), failure);
                return Answer.Refuse(ApiProblem.InternalError).WriteAsync(context);
        }
    }

    private static ApiProblem FromStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => ApiProblem.NotFound,
        StatusCodes.Status405MethodNotAllowed => ApiProblem.MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => ApiProblem.RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => ApiProblem.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.UnsupportedMediaType,
        < 500 => ApiProblem.ValidationFailed,
        _ => ApiProblem.InternalError,
    };

    [LoggerMessage(LogLevel.Error, "Request {TraceId} failed")]
    private partial void LogFailure(string traceId, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The database is out of reach")]
    private partial void LogOutage(Exception failure);
}
