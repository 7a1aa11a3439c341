using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Repository.Api.Hosting.Callers;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Conventions;

public sealed class AuthenticationTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("unauthenticated")]
    [InlineData("/v1/machines")]
    [InlineData("/v1/machines/0123456789abcdef0123456789abcdef")]
    [InlineData("/v1/status")]
    [InlineData("/v1/audit")]
    [InlineData("/v1/audit/head")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/problems")]
    [InlineData("/problems/unauthenticated")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/")]
    [InlineData("/nothing")]
    public async Task A_bad_credential_is_refused_on_every_path(string path)
    {
        using var answer = await GetAsync(path, "Bearer rak_zebra-zebra-zebra-zebra-zebra-zebra-zebra");

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.Equal("Bearer realm=\"repository\", error=\"invalid_token\"", answer.HeaderOf("WWW-Authenticate"));
        Assert.DoesNotContain("zebra", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/machines")]
    [InlineData("/v1/status")]
    [InlineData("/v1/audit")]
    [InlineData("/v1/audit/head")]
    public async Task Without_a_credential_the_administrators_calls_ask_for_one(string path)
    {
        using var answer = await App.Anonymous.GetAsync(path, Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        Assert.Equal("Bearer realm=\"repository\"", answer.HeaderOf("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("Bearer @")]
    [InlineData("bearer @")]
    [InlineData("BEARER @")]
    public async Task The_schemes_case_does_not_matter(string authorization)
    {
        using var answer = await GetAsync("/v1/status", authorization);

        await answer.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ,")]
    [InlineData("@")]
    [InlineData("Basic @")]
    [InlineData("Basic cmFrXzp4")]
    [InlineData("Digest username=x")]
    [InlineData("Token @")]
    [InlineData("BearerX @")]
    [InlineData("Bearer\t@")]
    [InlineData("Bearer @,")]
    [InlineData("Bearer @ x")]
    [InlineData("Bearer @, Bearer @")]
    [InlineData("Bearer @x")]
    [InlineData("Bearer @\u00a0")]
    [InlineData("Bearer \"@\"")]
    [InlineData("Bearer rak_")]
    [InlineData("Bearer rlt_x.y")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0.")]
    public async Task Anything_else_in_the_header_is_a_bad_credential(string authorization)
    {
        foreach (var path in (string[])["/v1/status", "/health/live"])
        {
            using var answer = await RawHttp.SendAsync(
                App,
                $"GET {path}",
                ["Authorization: " + authorization.Replace("@", App.AdminKey, StringComparison.Ordinal)],
                [],
                Ct);

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
            Assert.DoesNotContain(App.AdminKey, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_of_another_length_or_case_is_not_the_key()
    {
        var key = App.AdminKey;
        string[] wrongs =
        [
            key[..^1], key + "0", key[..^1] + "g", key.ToUpperInvariant(), "RAK_" + key[4..], key[4..], key + key, "rak_" + new string('0', 6000),
        ];
        foreach (var wrong in wrongs)
        {
            using var answer = await GetAsync("/v1/status", "Bearer " + wrong);

            await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
        }
    }

    [Fact]
    public async Task Two_headers_are_refused_even_when_both_are_right()
    {
        var header = $"Authorization: Bearer {App.AdminKey}";

        using var answer = await RawHttp.SendAsync(App, "GET /v1/status", [header, header], [], Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    [Fact]
    public async Task A_bad_credential_registers_no_machine()
    {
        using var answer = await RepositoryApp.SendAsync(
            App.Anonymous,
            HttpMethod.Post,
            "/v1/machines",
            """{"machineRegisterHash":"00000000000000000000000000000000"}""",
            Ct,
            ("Authorization", "Bearer nonsense"));
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);

        using var machine = await App.Anonymous.GetAsync("/v1/machines/00000000000000000000000000000000", Ct);
        await machine.RefusedAsync(HttpStatusCode.NotFound, "machine-unknown", Ct);
    }

    /// <summary>No credential but the administrator's exists yet, and that is enough for everything: the handler is asked directly.</summary>
    [Fact]
    [Shows("forbidden")]
    public async Task A_credential_that_is_not_enough_is_forbidden()
    {
        var context = DirectCall.NewContext();
        var policy = new AuthorizationPolicyBuilder().RequireRole("another").Build();

        await new AuthorizationProblems().HandleAsync(
            static _ => throw new InvalidOperationException(),
            context,
            policy,
            PolicyAuthorizationResult.Forbid());

        using var answer = await DirectCall.AnswerOf(context, Ct);
        await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", Ct);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string authorization) => RepositoryApp.SendAsync(
        App.Anonymous,
        HttpMethod.Get,
        path,
        null,
        Ct,
        ("Authorization", authorization.Replace("@", App.AdminKey, StringComparison.Ordinal)));
}
