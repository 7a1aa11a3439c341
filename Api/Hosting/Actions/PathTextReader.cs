using Microsoft.AspNetCore.Http.Features;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Reads any text from the end of a path.</summary>
internal sealed class PathTextReader(string name) : ParameterReader
{
    public override ValueTask<Argument> ReadAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new ValueTask<Argument>(PathText.Parse(target, (string?)context.Request.RouteValues[name] ?? string.Empty) is { } text
            ? Argument.Of(text)
            : Argument.Refuse(Answer.Invalid(name, PathText.Rule)));
    }
}
