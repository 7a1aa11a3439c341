using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Actions;

/// <summary>Reads one parameter of an action from a request.</summary>
internal abstract class ParameterReader
{
    public abstract ValueTask<Argument> ReadAsync(HttpContext context);

    /// <summary>The reader of a parameter. There is one for a body, read or as it is, a form with a token, a value with one spelling, the end of a path, <c>If-Match</c>, a service and the token; no other kind is needed.</summary>
    public static ParameterReader For(ParameterInfo parameter, IServiceProvider services)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter switch
        {
            _ when type == typeof(CancellationToken) => new TokenReader(),
            _ when type == typeof(JsonBytes) => new BytesReader(),
            _ when parameter.GetCustomAttribute<BinaryBodyAttribute>() is { } body => new BinaryBodyReader(body.MediaTypes),
            _ when type == typeof(PathText) => new PathTextReader(parameter.Name!),
            _ when type == typeof(TokenForm) => new TokenFormReader(),
            _ when parameter.GetCustomAttribute<JsonBodyAttribute>() is { } body => Make(typeof(BodyReader<>), type, services, body.IsOptional),
            _ when type == typeof(IfMatch) => new IfMatchReader(),
            _ when parameter.IsDefined(typeof(FromServicesAttribute)) => new ServiceReader(type),
            _ when CanonicalTexts.Include(type) => Make(typeof(TextReader<>), type, parameter.Name!, parameter.IsDefined(typeof(FromRouteAttribute))),
            _ => throw new NotSupportedException($"{parameter.Member.Name}: there is no reader for the parameter {parameter.Name}."),
        };
    }

    private static ParameterReader Make(Type reader, Type type, params object[] arguments) =>
        (ParameterReader)Activator.CreateInstance(reader.MakeGenericType(type), arguments)!;

    private sealed class TokenReader : ParameterReader
    {
        public override ValueTask<Argument> ReadAsync(HttpContext context) => new(Argument.Of(context.RequestAborted));
    }

    private sealed class ServiceReader(Type type) : ParameterReader
    {
        public override ValueTask<Argument> ReadAsync(HttpContext context) => new(Argument.Of(context.RequestServices.GetRequiredService(type)));
    }
}
