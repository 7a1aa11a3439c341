using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Repository.Api.Hosting.Answers;

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

    private DirectAction(ControllerActionDescriptor action, IServiceProvider services)
    {
        _controller = ActivatorUtilities.CreateFactory(action.ControllerTypeInfo, []);
        _action = MethodInvoker.Create(action.MethodInfo);
        _parameters = [.. action.MethodInfo.GetParameters().Select(parameter => ParameterReader.For(parameter, services))];
    }

    /// <summary>Makes every action of the controllers run directly.</summary>
    public static void MapDirectly(WebApplication app) => app.MapControllers().Add(endpoint =>
    {
        var action = endpoint.Metadata.OfType<ControllerActionDescriptor>().Single();
        endpoint.RequestDelegate = new DirectAction(action, app.Services).InvokeAsync;
    });

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
