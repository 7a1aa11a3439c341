using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;

namespace Repository.Api.Hosting.Requests;

/// <summary>
/// Reads a JSON body as strictly as the contract asks (design/api.md, Conventions). A refusal is left for
/// <see cref="RequestFilter"/> to answer with.
/// </summary>
internal sealed class JsonBodyBinder : IModelBinder
{
    private const string Json = "application/json";

    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext.HttpContext;
        if (!IsJson(context.Request))
        {
            Refuse(bindingContext, Answer.Refuse(ApiProblem.UnsupportedMediaType));
            return;
        }

        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        var type = ApiJson.TypeInfo(bindingContext.ModelType);
        try
        {
            // The reader finds malformed UTF-8 only where it makes a string: asked here, it is refused wherever it stands.
            if (!Utf8.IsValid(body))
            {
                throw new JsonException();
            }

            if (JsonSerializer.Deserialize(body, type) is { } model)
            {
                bindingContext.Result = ModelBindingResult.Success(model);
                return;
            }

            Refuse(bindingContext, Answer.Invalid("$", "must be a JSON object."));
        }
        catch (JsonException refusal)
        {
            Refuse(bindingContext, Answer.Invalid(JsonRefusal.Explain(body, type, refusal)));
        }
    }

    /// <summary>Without a body there is nothing to have a type: an absent one is then refused as the missing body that it is.</summary>
    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContainsKey(HeaderNames.ContentEncoding))
        {
            return false; // A compressed body is not read as if it were none.
        }

        if (request.ContentType is not { } text)
        {
            return request.ContentLength is null or 0 && !request.Headers.ContainsKey(HeaderNames.TransferEncoding);
        }

        return string.Equals(text, Json, StringComparison.Ordinal)
            || (MediaTypeHeaderValue.TryParse(text, out var type)
                && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) // Not "matches": */* is no type.
                && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                    || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));
    }

    private static void Refuse(ModelBindingContext bindingContext, Answer answer)
    {
        bindingContext.HttpContext.Features.Set(new RequestRefusal(answer));
        bindingContext.Result = ModelBindingResult.Failed();
    }
}

/// <summary>Finds the binder for every parameter that is the body.</summary>
internal sealed class JsonBodyBinderProvider : IModelBinderProvider
{
    private static readonly JsonBodyBinder Binder = new();

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.BindingInfo.BindingSource == BindingSource.Body ? Binder : null;
}
