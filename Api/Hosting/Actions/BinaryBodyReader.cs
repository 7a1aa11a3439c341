using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Takes a body as it is, if it says that it is of one of these types.</summary>
internal sealed class BinaryBodyReader(IReadOnlyList<string> mediaTypes) : ParameterReader
{
    public override async ValueTask<Argument> ReadAsync(HttpContext context) =>
        mediaTypes.FirstOrDefault(type => BodyType.Is(context.Request, type)) is { } mediaType
            ? Argument.Of(new BinaryBody(await RequestBody.ReadAsync(context, context.RequestAborted), mediaType))
            : Argument.Refuse(Answer.Refuse(ApiProblem.UnsupportedMediaType));
}
