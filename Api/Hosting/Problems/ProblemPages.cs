using System.Globalization;
using System.Net;
using System.Text;
using Repository.Api.Hosting.Answers;

namespace Repository.Api.Hosting.Problems;

/// <summary>Serves a page for each problem, at the path that its <c>type</c> names.</summary>
internal static class ProblemPages
{
    private static readonly CompositeFormat Page = CompositeFormat.Parse(
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{0}</title></head>
        <body><main><h1><code>{0}</code></h1><p>Status {1}. {2}</p><p>{3}</p><p><a href="/problems">All problems</a></p></main></body>
        </html>

        """);

    private static readonly CompositeFormat Index = CompositeFormat.Parse(
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Problems</title></head>
        <body><main><h1>Problems</h1><ul>{0}</ul></main></body>
        </html>

        """);

    public static void MapProblemPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/problems", static context => WriteAsync(context, string.Format(
            CultureInfo.InvariantCulture,
            Index,
            string.Concat(ApiProblem.All.Values.OrderBy(problem => problem.Code, StringComparer.Ordinal).Select(problem =>
                $"<li><a href=\"{problem.Type}\"><code>{problem.Code}</code></a> {Encode(problem.Title)}</li>")))));
        endpoints.MapGet("/problems/{code}", static context =>
            ApiProblem.All.TryGetValue((string)context.Request.RouteValues["code"]!, out var problem)
                ? WriteAsync(context, string.Format(
                    CultureInfo.InvariantCulture,
                    Page,
                    problem.Code,
                    problem.Status,
                    Encode(problem.Title),
                    Encode(problem.Remedy)))
                : Answer.Refuse(ApiProblem.NotFound).WriteAsync(context));
    }

    private static Task WriteAsync(HttpContext context, string page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
