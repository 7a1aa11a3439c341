using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Infrastructure.Idempotency;

namespace Repository.Api.Hosting.Answers;

/// <summary>
/// What a request is answered with: a value, nothing, or a problem. The one way out, for controllers, middleware and replays
/// alike; it goes past content negotiation, because there is one representation whatever <c>Accept</c> says.
/// </summary>
public sealed class Answer
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string ProblemType = "application/problem+json";

    private object? _body;
    private JsonTypeInfo? _bodyType;
    private ApiProblem? _problem;
    private string? _detail;
    private Dictionary<string, JsonNode?>? _extensions;
    private byte[]? _stored;
    private byte[]? _bytes;
    private Func<HttpContext, Task>? _stream;

    private Answer(int status) => Status = status;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public string? Location { get; private init; }

    public string? ETag { get; private init; }

    /// <summary>The seconds after which a repeat may succeed: <c>Retry-After</c>.</summary>
    public long? RetryAfter { get; init; }

    /// <summary>Whether this repeats an earlier answer: <c>Idempotency-Replayed: true</c>.</summary>
    public bool Replayed { get; init; }

    /// <summary>200 with a value, and with the entity tag of what has one.</summary>
    public static Answer Ok<T>(T body, string? etag = null)
        where T : class => new(StatusCodes.Status200OK) { ETag = etag, _body = body, _bodyType = ApiJson.TypeInfo<T>() };

    /// <summary>200 with JSON that is written already. The array may be shared: it is only read.</summary>
    public static Answer Written(byte[] json) => new(StatusCodes.Status200OK) { _stored = json };

    /// <summary>200 with a body that is written bit by bit, after the headers: <paramref name="write"/> sets the content type.</summary>
    public static Answer Streamed(Func<HttpContext, Task> write) => new(StatusCodes.Status200OK) { _stream = write };

    /// <summary>200 with a value that repeats an earlier answer.</summary>
    public static Answer Again<T>(T body)
        where T : class => new(StatusCodes.Status200OK) { _body = body, _bodyType = ApiJson.TypeInfo<T>(), Replayed = true };

    /// <summary>200 with bytes that are not JSON.</summary>
    public static Answer Ok(byte[] body) => new(StatusCodes.Status200OK) { _bytes = body };

    /// <summary>201 with a value and where it is from now on, and with the entity tag of what has one.</summary>
    public static Answer Created<T>(string location, T body, string? etag = null)
        where T : class =>
        new(StatusCodes.Status201Created) { Location = location, ETag = etag, _body = body, _bodyType = ApiJson.TypeInfo<T>() };

    /// <summary>201 with a value that has no path of its own.</summary>
    public static Answer Created<T>(T body)
        where T : class => new(StatusCodes.Status201Created) { _body = body, _bodyType = ApiJson.TypeInfo<T>() };

    /// <summary>204.</summary>
    public static Answer NoContent() => new(StatusCodes.Status204NoContent);

    /// <summary>A problem (RFC 9457). The detail must hold nothing that the caller sent and nothing secret.</summary>
    public static Answer Refuse(ApiProblem problem, string? detail = null) => new(problem.Status) { _problem = problem, _detail = detail };

    /// <summary>A problem that passes by itself. The time is rounded up to whole seconds.</summary>
    public static Answer RefuseFor(ApiProblem problem, TimeSpan time) =>
        new(problem.Status) { _problem = problem, RetryAfter = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)) };

    /// <summary>400 <c>validation-failed</c> with a message for each bad member, parameter or header.</summary>
    public static Answer Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Refuse(ApiProblem.ValidationFailed).With("errors", JsonSerializer.SerializeToNode(errors, ApiJson.TypeInfo<IReadOnlyDictionary<string, string[]>>())!);

    /// <summary>400 <c>validation-failed</c> with one message.</summary>
    public static Answer Invalid(string name, string message) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] });

    /// <summary>Adds a member to a problem, perhaps null.</summary>
    public Answer With(string name, JsonNode? value)
    {
        (_extensions ??= new Dictionary<string, JsonNode?>(StringComparer.Ordinal)).Add(name, value);
        return this;
    }

    /// <summary>Writes the answer. It goes out with the response's end, in one piece, unless it is streamed.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        SetHeaders(response);
        if (_stream is not null)
        {
            return _stream(context);
        }

        if (_bytes is not null)
        {
            Send(response, _bytes, BodyType.Bytes);
        }
        else if (_stored is not null)
        {
            Send(response, _stored);
        }
        else if (_body is not null || _problem is not null)
        {
            JsonOutput.Write(
                (Answer: this, Context: context),
                static (json, state) => state.Answer.WriteBody(json, state.Context),
                static (bytes, state) => Send(state.Context.Response, bytes));
        }

        return Task.CompletedTask;
    }

    /// <summary>The answer as it is kept for replays; of bytes none is.</summary>
    internal StoredAnswer Store(HttpContext context)
    {
        var body = Array.Empty<byte>();
        if (_body is not null || _problem is not null)
        {
            JsonOutput.Write(
                (Answer: this, Context: context),
                static (json, state) => state.Answer.WriteBody(json, state.Context),
                (bytes, _) => body = bytes.ToArray());
        }

        return new StoredAnswer(Status, Location, ETag, RetryAfter, Replayed, body);
    }

    /// <summary>A kept answer, given for the first time or again.</summary>
    internal static Answer Load(StoredAnswer stored, bool replayed) => new(stored.Status)
    {
        Location = stored.Location,
        ETag = stored.ETag,
        RetryAfter = stored.RetryAfter,
        Replayed = replayed || stored.Replayed,
        _stored = stored.Body,
    };

    private static void Send(HttpResponse response, ReadOnlySpan<byte> body) =>
        Send(response, body, response.StatusCode < 400 ? JsonType : ProblemType);

    private static void Send(HttpResponse response, ReadOnlySpan<byte> body, string contentType)
    {
        if (body.IsEmpty)
        {
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            response.BodyWriter.Write(body);
        }
    }

    private void SetHeaders(HttpResponse response)
    {
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Replayed)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }
    }

    private void WriteBody(Utf8JsonWriter json, HttpContext context)
    {
        if (_problem is null)
        {
            JsonSerializer.Serialize(json, _body, _bodyType!);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", _problem.Type);
        json.WriteString("title", _problem.Title);
        json.WriteNumber("status", _problem.Status);
        json.WriteString("detail", _detail ?? _problem.Remedy);
        json.WriteString("instance", context.Request.PathBase.Add(context.Request.Path).ToUriComponent());
        json.WriteString("code", _problem.Code);
        json.WriteString("traceId", RequestTrace.IdOf(context));
        foreach (var (name, value) in _extensions ?? [])
        {
            json.WritePropertyName(name);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
