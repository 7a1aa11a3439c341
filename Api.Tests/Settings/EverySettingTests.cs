using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Settings;

public sealed class EverySettingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> JustOutside =>
        [.. OptionsCatalog.Ranges.SelectMany(range => range.Outside.Select(value => (range.Name, value)))];

    public static TheoryData<string, string> JustInside =>
        [.. OptionsCatalog.Ranges.SelectMany(range => range.Inside.Select(value => (range.Name, value)))];

    public static TheoryData<string> Sections => [.. OptionsCatalog.Sections.Select(section => section.Section)];

    [Fact]
    public void There_are_the_sections_that_operators_know() => Assert.Equal(
        ["Audit", "Capabilities", "Cluster", "Coffer", "Cors", "Database", "ForwardedHeaders", "RateLimits", "Repository", "Rooms", "Telemetry", "Tokens"],
        OptionsCatalog.Sections.Select(section => section.Section).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_section_is_bound_and_checked()
    {
        using var app = RepositoryServer.Build([]);

        Assert.All(OptionsCatalog.Sections, section =>
            Assert.NotNull(app.Services.GetService(typeof(IValidateOptions<>).MakeGenericType(section.Type))));
    }

    [Fact]
    public void Every_option_stands_in_appsettings_with_the_default_that_its_class_has()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(SourceTree.Root, "appsettings.json")).Build();
        Assert.All(OptionsCatalog.Sections, section =>
        {
            var written = file.GetSection(section.Section);
            var bound = Activator.CreateInstance(section.Type)!;
            written.Bind(bound, static binder => binder.ErrorOnUnknownConfiguration = true);
            var defaults = Activator.CreateInstance(section.Type)!;
            Assert.All(section.Type.GetProperties().Where(option => option.CanWrite), option =>
            {
                Assert.Contains(option.Name, written.GetChildren().Select(child => child.Key));
                Assert.Equal(Comparable(option.GetValue(defaults)), Comparable(option.GetValue(bound)));
            });
        });
    }

    [Theory]
    [MemberData(nameof(JustOutside))]
    public async Task A_value_just_outside_its_range_stops_the_start(string name, string value) =>
        Assert.StartsWith($"{name}: ", await Refusal.OfAsync(Ct, (name, value)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(JustInside))]
    public void A_value_at_the_end_of_its_range_is_taken(string name, string value)
    {
        using var app = RepositoryServer.Build([$"--{name}={value}"]);

        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task An_unknown_name_in_a_section_stops_the_start(string section) =>
        Assert.Contains($"{section}:Misspelled", await Refusal.OfAsync(Ct, ($"{section}:Misspelled", "1")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Database:WriteQueueLength", "many")]
    [InlineData("Database:WriteQueueLength", "1.5")]
    [InlineData("Database:WriteQueueLength", "99999999999")]
    [InlineData("Database:MinFreeDiskBytes", "64MB")]
    [InlineData("RateLimits:Enabled", "perhaps")]
    [InlineData("Repository:Banner", "2")]
    [InlineData("Audit:CheckInterval", "soon")]
    [InlineData("Coffer:ClassicDialect", "sometimes")]
    [InlineData("Telemetry:OtlpProtocol", "Pigeon")]
    public async Task A_value_of_another_type_stops_the_start(string name, string value) =>
        Assert.Contains(name, await Refusal.OfAsync(Ct, (name, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Repository:Issuer", "example.com")]
    [InlineData("Repository:Issuer", "ftp://example.com")]
    [InlineData("Repository:DataDirectory", "")]
    [InlineData("Repository:AdminKey", "rak_short")]
    [InlineData("Repository:MasterKey", "AAAA")]
    [InlineData("Cluster:Listen", "9189")]
    [InlineData("Cluster:Listen", "alpha.example:9189")]
    [InlineData("Cluster:Listen", "127.0.0.1")]
    [InlineData("Cluster:Listen", "*:65536")]
    [InlineData("Cluster:Name", "0zero")]
    [InlineData("Cluster:Name", "d0d77027c7a1553028847c6b0389f3916c94448be07b8a85f82223d2d7394f4e")]
    [InlineData("Cluster:PublicEndpoint", "http://alpha.example")]
    [InlineData("Cluster:ClusterEndpoint", "alpha.example")]
    [InlineData("Cluster:JoinToken", "rjt_short")]
    [InlineData("Cluster:KeySize", "1024")]
    [InlineData("Cluster:DiscoveryGroup", "192.168.0.1:9188")]
    [InlineData("Cluster:DiscoveryGroup", "239.192.77.77")]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4318")]
    [InlineData("Telemetry:OtlpProtocol", "7")]
    [InlineData("Cors:Origins:0", "https://example.com/path")]
    [InlineData("Cors:Origins:0", "*")]
    [InlineData("ForwardedHeaders:KnownProxies:0", "proxy.example.com")]
    public async Task A_value_of_another_form_stops_the_start(string name, string value) =>
        Assert.Contains(
            string.Join(':', name.Split(':').Take(2)),
            await Refusal.OfAsync(Ct, (name, value)),
            StringComparison.Ordinal);

    /// <summary>An empty text stands for none, and a list is its items.</summary>
    private static object? Comparable(object? value) => value switch
    {
        "" => null,
        string text => text,
        IEnumerable items => string.Join(',', items.Cast<object>()),
        _ => value,
    };
}
