using Microsoft.AspNetCore.Mvc.ModelBinding;
using Repository.Api.Hosting.Answers;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Requests;

/// <summary>Reads a value with one spelling from a path or a query: given once, spelled exactly, never guessed or clamped.</summary>
internal sealed class CanonicalTextBinder<T> : IModelBinder
    where T : struct, ICanonicalText<T>
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var texts = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (texts == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        if (texts.Length == 1 && T.TryParse(texts.FirstValue, out var value))
        {
            bindingContext.Result = ModelBindingResult.Success(value);
        }
        else
        {
            bindingContext.HttpContext.Features.Set(new RequestRefusal(Answer.Invalid(bindingContext.ModelName, T.Rule)));
            bindingContext.Result = ModelBindingResult.Failed();
        }

        return Task.CompletedTask;
    }
}

/// <summary>Finds the binder for every parameter whose type has one spelling.</summary>
internal sealed class CanonicalTextBinderProvider : IModelBinderProvider
{
    public static bool IsCanonicalText(Type type) => type.GetInterfaces().Any(implemented =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ICanonicalText<>));

    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.UnderlyingOrModelType;
        return IsCanonicalText(type)
            ? (IModelBinder?)Activator.CreateInstance(typeof(CanonicalTextBinder<>).MakeGenericType(type))
            : null;
    }
}
