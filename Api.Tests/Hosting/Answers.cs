using System.Net;
using System.Text.Json;

namespace Repository.Api.Tests.Hosting;

/// <summary>What tests expect of answers.</summary>
internal static class Answers
{
    /// <summary>The answer is this problem, in full.</summary>
    /// <returns>Its body.</returns>
    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage answer, HttpStatusCode status, string code, CancellationToken ct)
    {
        Assert.Equal(code, await RepositoryApp.CodeOf(answer, ct));
        Assert.Equal(status, answer.StatusCode);
        return await RepositoryApp.JsonOf(answer, ct);
    }

    /// <summary>The answer is 400 <c>validation-failed</c> whose <c>errors</c> name exactly these members.</summary>
    public static async Task InvalidAsync(this HttpResponseMessage answer, CancellationToken ct, params string[] members)
    {
        var problem = await answer.RefusedAsync(HttpStatusCode.BadRequest, "validation-failed", ct);
        var errors = problem.GetProperty("errors");
        Assert.Equal(members.Order(StringComparer.Ordinal), MembersOf(errors));
        Assert.All(errors.EnumerateObject(), member => Assert.All(
            member.Value.EnumerateArray(),
            message => Assert.NotEmpty(message.GetString()!)));
    }

    /// <summary>The answer has this status; where it has not, the failure shows its body.</summary>
    public static async Task<JsonElement> IsAsync(this HttpResponseMessage answer, HttpStatusCode status, CancellationToken ct)
    {
        var body = await answer.Content.ReadAsStringAsync(ct);
        Assert.True(status == answer.StatusCode, $"Expected {status}, not {answer.StatusCode}: {body}");
        return JsonElement.Parse(body);
    }

    /// <summary>The names of an object's members, sorted.</summary>
    public static IEnumerable<string> MembersOf(JsonElement json) =>
        json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    /// <summary>A header's values joined, or null where there is none.</summary>
    public static string? HeaderOf(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>Whether the answer says that it repeats an earlier one.</summary>
    public static bool IsReplay(this HttpResponseMessage answer) => answer.HeaderOf("Idempotency-Replayed") switch
    {
        null => false,
        "true" => true,
        var other => throw new InvalidOperationException($"Idempotency-Replayed: {other}"),
    };
}
