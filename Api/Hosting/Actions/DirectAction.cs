using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>
/// Runs a controller's action: reads its parameters in order, calls it, writes its answer. It stands in place of MVC's own pipeline of
/// binders, filters and results, of which nothing was used and which took a third of a verify's CPU
/// (<see href="../../../docs/adr/0005-actions-without-mvcs-pipeline.md"/>). Routes, policies and descriptions stay MVC's.
/// </summary>
internal sealed class DirectAction
{
    private readonly ObjectFactory _controller;
    private readonly MethodInvoker _action;
    private readonly ParameterReader[] _parameters;

    /// <summary>What reads the body of a write that takes none.</summary>
    private readonly NoBodyReader? _noBody;

    private DirectAction(ControllerActionDescriptor action, IServiceProvider services)
    {
        _controller = ActivatorUtilities.CreateFactory(action.ControllerTypeInfo, []);
        _action = MethodInvoker.Create(action.MethodInfo);
        _parameters = [.. action.MethodInfo.GetParameters().Select(parameter => ParameterReader.For(parameter, services))];
        _noBody = TakesBody(action.MethodInfo) || action.MethodInfo.IsDefined(typeof(HttpGetAttribute)) ? null : new NoBodyReader();
    }

    /// <summary>Makes every action of the controllers run directly.</summary>
    public static void MapDirectly(WebApplication app) => app.MapControllers().Add(endpoint =>
    {
        var action = endpoint.Metadata.OfType<ControllerActionDescriptor>().Single();
        endpoint.RequestDelegate = new DirectAction(action, app.Services).InvokeAsync;
    });

    private static bool TakesBody(MethodInfo action) =>
        action.GetParameters().Any(static parameter => parameter.IsDefined(typeof(JsonBodyAttribute))
            || parameter.IsDefined(typeof(FormBodyAttribute))
            || parameter.IsDefined(typeof(BinaryBodyAttribute)));

    private async Task InvokeAsync(HttpContext context)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (value, refusal) = await _parameters[i].ReadAsync(context);
            if (refusal is not null)
            {
                await refusal.WriteAsync(context);
                return;
            }

            arguments[i] = value;
        }

        if (_noBody is not null && await _noBody.ReadAsync(context) is { Refusal: { } body })
        {
            await body.WriteAsync(context);
            return;
        }

        var answer = await CallAsync(context, arguments);
        await answer.WriteAsync(context);
    }

    private Task<Answer> CallAsync(HttpContext context, object?[] arguments)
    {
        var controller = (ControllerBase)_controller(context.RequestServices, null);
        controller.ControllerContext.HttpContext = context;
        try
        {
            return (Task<Answer>)_action.Invoke(controller, arguments)!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }
}
