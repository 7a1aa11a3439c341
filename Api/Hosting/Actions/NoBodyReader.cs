using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Stands for the body of a write that takes none: nothing or <c>{}</c> is accepted (design/api.md, Conventions).</summary>
internal sealed class NoBodyReader : ParameterReader
{
    public override async ValueTask<Argument> ReadAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        return body switch
        {
            [] => Argument.Of(null), // What it would be called does not matter then.
            _ when !BodyType.Is(context.Request, BodyType.Json) => Argument.Refuse(Answer.Refuse(ApiProblem.UnsupportedMediaType)),
            _ when new JsonBytes(body).IsNone => Argument.Of(null),
            _ => Argument.Refuse(Answer.Invalid("$", "must be empty, or {}: this call takes no body.")),
        };
    }
}
