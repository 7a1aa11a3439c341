using Microsoft.AspNetCore.Http.Features;

namespace Repository.Api.Hosting.Problems;

/// <summary>The name of a request, by which an operator finds it: the same in its problem, in the log and, when they are exported, in the traces.</summary>
internal static class RequestTrace
{
    /// <summary>Read from the request and not from the thread: answers of keyed calls are written on the database's.</summary>
    public static string IdOf(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity.TraceId.ToHexString() ?? context.TraceIdentifier;
}
