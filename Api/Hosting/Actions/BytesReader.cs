using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Takes a JSON body as it is.</summary>
internal sealed class BytesReader : ParameterReader
{
    public override async ValueTask<Argument> ReadAsync(HttpContext context) => BodyType.Is(context.Request, BodyType.Json)
        ? Argument.Of(new JsonBytes(await RequestBody.ReadAsync(context, context.RequestAborted)))
        : Argument.Refuse(Answer.Refuse(ApiProblem.UnsupportedMediaType));
}
