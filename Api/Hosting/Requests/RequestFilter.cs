using System.Collections.Concurrent;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.Filters;
using Repository.Api.Hosting.Answers;

namespace Repository.Api.Hosting.Requests;

/// <summary>
/// Stands between binding and every action: answers what a binder refused, and runs the validator of every argument that has
/// one, so that no controller has to remember to.
/// </summary>
internal sealed class RequestFilter(IServiceProvider services) : IAsyncActionFilter
{
    private readonly ConcurrentDictionary<Type, IValidator?> _validators = new();

    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (context.HttpContext.Features.Get<RequestRefusal>() is { } refusal)
        {
            context.Result = refusal.Answer;
            return Task.CompletedTask;
        }

        foreach (var argument in context.ActionArguments.Values)
        {
            if (argument is not null
                && FindValidator(argument.GetType()) is { } validator
#pragma warning disable CA1849 // Rules look at the request alone: none waits for anything.
                && validator.Validate(new ValidationContext<object>(argument)) is { IsValid: false } result)
#pragma warning restore CA1849
            {
                context.Result = Answer.Invalid(result.Errors
                    .GroupBy(error => JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName), StringComparer.Ordinal)
                    .ToDictionary(errors => errors.Key, errors => errors.Select(error => error.ErrorMessage).ToArray(), StringComparer.Ordinal));
                return Task.CompletedTask;
            }
        }

        return next();
    }

    private IValidator? FindValidator(Type type) => _validators.GetOrAdd(
        type,
        static (type, services) => (IValidator?)services.GetService(typeof(IValidator<>).MakeGenericType(type)),
        services);
}
