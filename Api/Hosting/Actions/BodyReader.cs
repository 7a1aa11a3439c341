using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using FluentValidation;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>
/// Reads a JSON body as strictly as the contract asks (design/api.md, Conventions), and runs its validator, so that no controller has
/// to remember to.
/// </summary>
/// <param name="services">Where the validator is.</param>
/// <param name="isOptional">Whether no body is read as <c>{}</c>.</param>
internal sealed class BodyReader<T>(IServiceProvider services, bool isOptional = false) : ParameterReader
    where T : class
{
    private readonly JsonTypeInfo<T> _type = ApiJson.TypeInfo<T>();
    private readonly IValidator<T>? _validator = services.GetService<IValidator<T>>();

    public override async ValueTask<Argument> ReadAsync(HttpContext context)
    {
        if (!BodyType.Is(context.Request, BodyType.Json))
        {
            return Argument.Refuse(Answer.Refuse(ApiProblem.UnsupportedMediaType));
        }

        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        return Parse(body.Length == 0 && isOptional ? "{}"u8.ToArray() : body);
    }

    /// <summary>Reads and validates a body that is already there.</summary>
    public Argument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            // The reader finds malformed UTF-8 only where it makes a string: asked here, it is refused wherever it stands.
            if (!Utf8.IsValid(body.Span))
            {
                throw new JsonException();
            }

            return JsonSerializer.Deserialize(body.Span, _type) is { } model
                ? Validate(model)
                : Argument.Refuse(Answer.Invalid("$", "must be a JSON object."));
        }
        catch (JsonException refusal)
        {
            return Argument.Refuse(Answer.Invalid(JsonRefusal.Explain(body, _type, refusal)));
        }
    }

    private Argument Validate(T model) => _validator?.Validate(model) is { IsValid: false } result
        ? Argument.Refuse(Answer.Invalid(result.Errors
            .GroupBy(error => JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName), StringComparer.Ordinal)
            .ToDictionary(errors => errors.Key, errors => errors.Select(error => error.ErrorMessage).ToArray(), StringComparer.Ordinal)))
        : Argument.Of(model);
}
