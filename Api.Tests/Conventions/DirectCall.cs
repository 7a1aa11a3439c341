using System.Net;
using Microsoft.AspNetCore.Http;

namespace Repository.Api.Tests.Conventions;

/// <summary>Calls a step of the pipeline without a server, for what no request can bring about at will.</summary>
internal static class DirectCall
{
    public static DefaultHttpContext NewContext()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = "/somewhere";
        context.TraceIdentifier = "trace";
        context.Response.Body = new MemoryStream();
        return context;
    }

    /// <summary>What was answered, as a client would see it.</summary>
    public static async Task<HttpResponseMessage> AnswerOf(DefaultHttpContext context, CancellationToken ct)
    {
        await context.Response.BodyWriter.FlushAsync(ct);
        var answer = new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode)
        {
            Content = new ByteArrayContent(((MemoryStream)context.Response.Body).ToArray()),
        };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", context.Response.ContentType);
        return answer;
    }
}
