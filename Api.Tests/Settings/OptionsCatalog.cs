using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Repository.Api.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Settings;

/// <summary>Every option that the server has, found by reflection: a class with a constant <c>Section</c> is a section.</summary>
internal static class OptionsCatalog
{
    public static IReadOnlyList<(string Section, Type Type)> Sections { get; } =
    [
        .. new[] { typeof(RepositoryServer).Assembly, typeof(IWriteQueue).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => (type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string, type))
            .Where(found => found.Item1 is not null)
            .Select(found => (found.Item1!, found.type)),
    ];

    public static IEnumerable<(string Section, PropertyInfo Option)> All =>
        Sections.SelectMany(section => section.Type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(option => (section.Section, option)));

    /// <summary>The ends of each range, and the values just past them, as they are written in a configuration.</summary>
    public static IEnumerable<(string Name, string[] Inside, string[] Outside)> Ranges =>
        from found in All
        let range = found.Option.GetCustomAttribute<RangeAttribute>()
        where range is not null
        let least = Ticks(range.Minimum)
        let most = Ticks(range.Maximum)
        let step = found.Option.PropertyType == typeof(TimeSpan) ? TimeSpan.TicksPerMillisecond : 1
        select (
            $"{found.Section}:{found.Option.Name}",
            new[] { Spell(found.Option, least), Spell(found.Option, most) },
            new[] { Spell(found.Option, least - step), Spell(found.Option, most + step) });

    private static long Ticks(object bound) => bound is string text
        ? TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks
        : Convert.ToInt64(bound, CultureInfo.InvariantCulture);

    private static string Spell(PropertyInfo option, long value) => option.PropertyType == typeof(TimeSpan)
        ? new TimeSpan(value).ToString("c", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
