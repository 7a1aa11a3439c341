using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Operation;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>
/// While this node waits to be admitted, or is disabled, it answers that it lives and nothing else (design/api.md, Cluster). It comes before
/// the caller is asked for: a node that nobody has admitted judges no credentials.
/// </summary>
internal sealed class ServingGate(RequestDelegate next, ServingState serving)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public Task InvokeAsync(HttpContext context) => serving.IsServing || context.Request.Path.Equals(HealthEndpoints.Live, StringComparison.Ordinal)
        ? next(context)
        : Answer.RefuseFor(ApiProblem.NodeWaiting, RetryAfter).WriteAsync(context);
}
