using System.Reflection;
using System.Xml.Linq;
using Repository.Api.Hosting;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Rules;

/// <summary>References go one way: Api to Infrastructure to Domain (design/architecture.md, Folders).</summary>
public sealed class ReferencesTests
{
    /// <summary>CBOR is no part of the runtime itself, but of ASP.NET Core's: that one assembly of it, and no other.</summary>
    [Fact]
    public void The_domain_depends_on_nothing_but_the_runtime_and_the_base_librarys_CBOR()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var beyond = Of(typeof(Machine)).Where(name => !File.Exists(Path.Combine(runtime, $"{name}.dll")));

        Assert.All(Of(typeof(Machine)), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.Equal(["System.Formats.Cbor"], beyond);
    }

    [Fact]
    public void The_infrastructure_knows_no_http() =>
        Assert.DoesNotContain(Of(typeof(IWriteQueue)), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_infrastructure_knows_of_this_source_tree_only_the_domain() =>
        Assert.Equal(["Repository.Domain"], Of(typeof(IWriteQueue)).Where(IsOurs));

    [Fact]
    public void The_server_knows_of_this_source_tree_only_infrastructure_and_domain() =>
        Assert.Equal(["Repository.Domain", "Repository.Infrastructure"], Of(typeof(RepositoryServer)).Where(IsOurs).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Domain", new string[0])]
    [InlineData("Infrastructure", new[] { "Domain" })]
    [InlineData("Api", new[] { "Infrastructure" })]
    public void A_project_names_only_the_next_one(string project, string[] expected)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, project, $"{project}.csproj"));

        Assert.Equal(
            expected,
            file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));
    }

    [Fact]
    public void Only_the_folder_interop_knows_libsodium() =>
        Assert.All(
            typeof(Machine).Assembly.GetTypes().SelectMany(type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)),
            method => Assert.Equal("Repository.Domain.Cryptography.Interop", method.DeclaringType!.Namespace));

    private static bool IsOurs(string name) => name.StartsWith("Repository.", StringComparison.Ordinal);

    private static IEnumerable<string> Of(Type type) => type.Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
}
