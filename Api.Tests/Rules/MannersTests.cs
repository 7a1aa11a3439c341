using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Repository.Api.Tests.Rules;

/// <summary>The figures and names of design/style.md.</summary>
public sealed class MannersTests
{
    private static readonly string[] Endings = ["Repository", "Helper", "Helpers", "Util", "Utils", "Utility", "Manager", "Impl", "Dto"];

    /// <summary>What of the framework's carries the request, and with it its token.</summary>
    private static readonly Type[] Carriers =
        [typeof(HttpContext), typeof(ActionContext), typeof(FilterContext), typeof(ModelBindingContext)];

    [Fact]
    public void Ninety_seven_classes_of_a_hundred_are_sealed()
    {
        var classes = OurTypes.Of(OurTypes.Domain, OurTypes.Infrastructure, OurTypes.Api)
            .Where(type => type.IsClass && !type.IsAbstract && !typeof(Delegate).IsAssignableFrom(type))
            .ToList();
        var open = classes.Where(type => !type.IsSealed).Select(type => type.FullName).ToList();

        Assert.True(open.Count * 100 <= classes.Count * 3, $"Of {classes.Count} classes {open.Count} are open: {string.Join(", ", open)}");
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.All(OurTypes.Of(OurTypes.Domain, OurTypes.Infrastructure, OurTypes.Api), type =>
        {
            var name = type.Name.Split('`')[0];
            Assert.DoesNotContain(Endings, ending => name.EndsWith(ending, StringComparison.Ordinal));
            Assert.NotEqual("Service", name);
        });

    [Fact]
    public void Every_asynchronous_method_takes_a_token_and_takes_it_last()
    {
        var methods = OurTypes.Of(OurTypes.Infrastructure, OurTypes.Api)
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(IsOursAndAsynchronous)
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            TakesTokenLast(method),
            $"{method.DeclaringType!.FullName}.{method.Name} takes no CancellationToken, or not last."));
    }

    private static bool IsOursAndAsynchronous(MethodInfo method) =>
        IsAwaitable(method.ReturnType)
        && !method.IsSpecialName
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && !ImplementsFramework(method);

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    private static bool TakesTokenLast(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var at = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        return at >= 0
            ? at == parameters.Length - 1
            : parameters.Any(parameter => Carriers.Any(carrier => carrier.IsAssignableFrom(parameter.ParameterType)));
    }

    /// <summary>Whether the signature is the framework's: an interface's, a base class's, or that of the process's entry.</summary>
    private static bool ImplementsFramework(MethodInfo method)
    {
        var type = method.DeclaringType!;
        return string.Equals(type.Name, "RepositoryServer", StringComparison.Ordinal) // The process itself ends by a signal.
            || !IsOurs(method.GetBaseDefinition().DeclaringType!)
            || (!type.IsInterface && type.GetInterfaces().Where(contract => !IsOurs(contract)).Any(contract =>
                type.GetInterfaceMap(contract).TargetMethods.Contains(method)));
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Repository.", StringComparison.Ordinal) == true;
}
