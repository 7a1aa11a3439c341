using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Reads <c>If-Match</c>; null where there is none, and the change is unconditional.</summary>
internal sealed class IfMatchReader : ParameterReader
{
    public override ValueTask<Argument> ReadAsync(HttpContext context) => new(context.Request.Headers.IfMatch switch
    {
        [] => Argument.Of(null),
        var values when IfMatch.TryParse(values, out var precondition) => Argument.Of(precondition),
        _ => Argument.Refuse(Answer.Invalid(IfMatch.Header, IfMatch.Rule)),
    });
}
