using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Repository.Api.Hosting.Problems;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

public sealed class ProblemCatalogueTests(SharedApp shared) : IClassFixture<SharedApp>
{
    public static TheoryData<string> Codes => [.. ApiProblem.All.Keys.Order(StringComparer.Ordinal)];

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_problem_has_a_page_at_the_path_that_its_type_names(string code)
    {
        var problem = ApiProblem.All[code];

        using var answer = await App.Anonymous.GetAsync(problem.Type, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.HeaderOf("Content-Type"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.All([code, $"Status {problem.Status}.", problem.Title, problem.Remedy], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_index_names_every_problem()
    {
        using var answer = await App.Anonymous.GetAsync("/problems", Ct);

        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal("text/html; charset=utf-8", answer.HeaderOf("Content-Type"));
        Assert.All(ApiProblem.All.Values, problem => Assert.Contains($"href=\"{problem.Type}\"", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("Not-Found")]
    [InlineData("not-found%20")]
    [InlineData("%3Cscript%3Ezebra%3C%2Fscript%3E")]
    public async Task There_is_no_page_for_what_is_no_problem(string code)
    {
        using var answer = await App.Anonymous.GetAsync($"/problems/{code}", Ct);

        await answer.RefusedAsync(HttpStatusCode.NotFound, "not-found", Ct);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_problem_is_shown_by_a_test(string code)
    {
        var shown = TestMethods().SelectMany(test => test.GetCustomAttributes<ShowsAttribute>()).Select(shows => shows.Code);

        Assert.True(shown.Contains(code, StringComparer.Ordinal), $"No test has [Shows(\"{code}\")].");
    }

    [Fact]
    public void What_tests_show_are_problems_of_the_catalogue()
    {
        var unknown = TestMethods().SelectMany(test => test.GetCustomAttributes<ShowsAttribute>())
            .Select(shows => shows.Code)
            .Where(code => !ApiProblem.All.ContainsKey(code));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_field_is_in_the_catalogue_and_fits_its_code()
    {
        var fields = typeof(ApiProblem).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(ApiProblem))
            .Select(field => (ApiProblem)field.GetValue(null)!);

        Assert.Equal(
            fields.OrderBy(problem => problem.Code, StringComparer.Ordinal),
            ApiProblem.All.Values.OrderBy(problem => problem.Code, StringComparer.Ordinal));
        Assert.All(ApiProblem.All.Values, problem =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", problem.Code);
            Assert.InRange(problem.Status, 400, 599);
            Assert.EndsWith(".", problem.Title, StringComparison.Ordinal);
            Assert.EndsWith(".", problem.Remedy, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<MethodInfo> TestMethods() => typeof(ProblemCatalogueTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttributes<FactAttribute>().Any());
}
