using System.Buffers;
using System.Text.Json.Nodes;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Operation;

/// <summary>A server that can do its work.</summary>
public sealed record ReadyView(string Status);

/// <summary>
/// Whether the process lives, and whether it can do its work. Plain endpoints: a liveness probe is the cheapest request there is,
/// and the figure by which the pipeline is measured (P1).
/// </summary>
internal static class HealthEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Live, Methods, AnswerLive);
        endpoints.MapMethods(Ready, Methods, AnswerReadyAsync);
    }

    private static Task AnswerLive(HttpContext context)
    {
        var body = """{"status":"live"}"""u8;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.BodyWriter.Write(body);
        }

        return Task.CompletedTask;
    }

    private static async Task AnswerReadyAsync(HttpContext context)
    {
        var failures = await context.RequestServices.GetRequiredService<DatabaseHealth>().FindFailuresAsync(context.RequestAborted);
        var answer = failures.Count == 0
            ? Answer.Ok(new ReadyView("ready"))
            : Answer.Refuse(ApiProblem.NotReady).With("failures", new JsonArray([.. failures.Select(failure => JsonValue.Create(failure))]));
        await answer.WriteAsync(context);
    }
}
