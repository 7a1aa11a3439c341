using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Repository.Api.Hosting;
using Repository.Domain.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rules;

/// <summary>What people wrote: no generated types, no migrations.</summary>
internal static class OurTypes
{
    public static IReadOnlyList<Type> Of(params Assembly[] assemblies) =>
    [
        .. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type =>
            type.Namespace?.StartsWith("Repository.", StringComparison.Ordinal) == true
            && !type.Namespace.Contains(".Migrations.", StringComparison.Ordinal)
            && !typeof(Migration).IsAssignableFrom(type)
            && !typeof(ModelSnapshot).IsAssignableFrom(type)
            && !IsGenerated(type)),
    ];

    public static Assembly Domain => typeof(Machine).Assembly;

    public static Assembly Infrastructure => typeof(IWriteQueue).Assembly;

    public static Assembly Api => typeof(RepositoryServer).Assembly;

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
