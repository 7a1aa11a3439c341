using System.Net;
using System.Text;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Conventions;

public sealed class BodySizesAndTypesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const int MaxBytes = 1 << 20;

    private RepositoryApp App => shared.App;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("Application/JSON")]
    public async Task JSON_in_UTF_8_is_taken(string contentType)
    {
        using var answer = await PostAsync(BodyCalls.RegistrationOf(MachineCalls.NewHash(), 0), contentType);

        await answer.IsAsync(HttpStatusCode.Created, Ct);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task A_body_with_a_content_encoding_is_not_read_as_if_it_had_none(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/machines")
        {
            Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Content.Headers.Add("Content-Encoding", encoding);

        using var answer = await App.Anonymous.SendAsync(request, Ct);

        await answer.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
    }

    [Theory]
    [Shows("unsupported-media-type")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("text/json")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/*")]
    [InlineData("*/*")]
    [InlineData("application/jsonx")]
    [InlineData("application/problem+json")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json, text/plain")]
    [InlineData("json")]
    public async Task Any_other_content_type_is_refused(string? contentType)
    {
        using var answer = await PostAsync(BodyCalls.RegistrationOf(MachineCalls.NewHash(), 0), contentType);

        await answer.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
    }

    [Fact]
    public async Task A_body_in_UTF_16_is_refused_by_its_content_type()
    {
        var body = Encoding.Unicode.GetBytes($$"""{"machineRegisterHash":"{{MachineCalls.NewHash()}}"}""");

        using var announced = await PostAsync(body, "application/json; charset=utf-16");
        using var silent = await PostAsync(body, "application/json");

        await announced.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", Ct);
        await silent.InvalidAsync(Ct, "$");
    }

    [Fact]
    public async Task A_missing_body_is_missing_whatever_its_type_would_have_been()
    {
        using var answer = await RawHttp.SendAsync(App, "POST /v1/machines", ["Content-Length: 0"], [], Ct);

        await answer.InvalidAsync(Ct, "$");
    }

    [Fact]
    public async Task Exactly_1_MiB_is_taken()
    {
        using var whole = await PostAsync(BodyCalls.RegistrationOf(MachineCalls.NewHash(), MaxBytes), "application/json");
        using var chunked = await RawHttp.SendAsync(App, "POST /v1/machines", Chunked, [.. Chunk(MaxBytes), .. "0\r\n\r\n"u8], Ct);

        await whole.IsAsync(HttpStatusCode.Created, Ct);
        await chunked.IsAsync(HttpStatusCode.Created, Ct);
    }

    [Fact]
    [Shows("body-too-large")]
    public async Task A_byte_more_is_refused_before_it_is_read()
    {
        var headers = new[] { "Content-Type: application/json", $"Content-Length: {MaxBytes + 1}" };

        using var answer = await RawHttp.SendAsync(App, "POST /v1/machines", headers, [], Ct);

        await answer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
    }

    [Fact]
    [Shows("body-too-large")]
    public async Task A_byte_more_in_chunks_is_refused_as_soon_as_it_is_there()
    {
        using var answer = await RawHttp.SendAsync(App, "POST /v1/machines", Chunked, Chunk(MaxBytes + 1), Ct);

        await answer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", Ct);
    }

    private static string[] Chunked => ["Content-Type: application/json", "Transfer-Encoding: chunked"];

    private static byte[] Chunk(int bytes) =>
        [.. Encoding.ASCII.GetBytes($"{bytes:x}\r\n"), .. BodyCalls.RegistrationOf(MachineCalls.NewHash(), bytes), .. "\r\n"u8];

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType) =>
        BodyCalls.PostAsync(App.Anonymous, "/v1/machines", body, contentType, Ct);
}
