using Microsoft.Extensions.Primitives;
using Repository.Api.Hosting.Answers;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Actions;

/// <summary>Reads a value with one spelling from the path or the query: given once, spelled exactly, never guessed or clamped.</summary>
internal sealed class TextReader<T>(string name, bool isRoute) : ParameterReader
    where T : struct, ICanonicalText<T>
{
    public override ValueTask<Argument> ReadAsync(HttpContext context)
    {
        var texts = isRoute ? new StringValues((string?)context.Request.RouteValues[name]) : context.Request.Query[name];
        return new ValueTask<Argument>(texts switch
        {
            [] => Argument.Of(null),
            [var text] when T.TryParse(text, out var value) => Argument.Of(value),
            _ => Argument.Refuse(Answer.Invalid(name, T.Rule)),
        });
    }
}

/// <summary>Which types have one spelling.</summary>
internal static class CanonicalTexts
{
    public static bool Include(Type type) => type.GetInterfaces().Any(implemented =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ICanonicalText<>));
}
