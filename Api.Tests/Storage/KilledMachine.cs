using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Storage;

/// <summary>A machine whose server is killed now and then: it keeps what it was told, and asks again for what it was not.</summary>
internal sealed class KilledMachine
{
    private readonly string _registrationKey = MachineCalls.NewRequestId();
    private string? _requestId;

    public string Hash { get; } = MachineCalls.NewHash();

    /// <summary>The newest date that the server acknowledged; null before the registration was.</summary>
    public string? Date { get; private set; }

    /// <summary>How many verifies were acknowledged.</summary>
    public int Steps { get; private set; }

    /// <summary>Registers, again and again with the same key where an answer was lost.</summary>
    public async Task RegisterAsync(HttpClient server, CancellationToken ct)
    {
        using var answer = await RepositoryApp.SendAsync(
            server,
            HttpMethod.Post,
            "/v1/machines",
            $$"""{"machineRegisterHash":"{{Hash}}"}""",
            ct,
            ("Idempotency-Key", _registrationKey));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Date = await MachineCalls.DateOf(answer, ct);
    }

    /// <summary>One verify. A lost answer leaves its request id, so that the next call asks for the same answer.</summary>
    /// <returns>Whether the answer was a replay.</returns>
    public async Task<bool> VerifyAsync(HttpClient server, CancellationToken ct)
    {
        _requestId ??= MachineCalls.NewRequestId();
        using var answer = await RepositoryApp.SendAsync(
            server,
            HttpMethod.Post,
            $"/v1/machines/{Hash}/verify",
            $$"""{"lastAccessedDate":"{{Date}}","requestId":"{{_requestId}}"}""",
            ct);

        // Anything else than OK: what was acknowledged is lost, or was done twice.
        var next = (await answer.IsAsync(HttpStatusCode.OK, ct)).GetProperty("lastAccessedDate").GetString()!;
        Assert.True(string.CompareOrdinal(next, Date) > 0);
        Date = next;
        _requestId = null;
        Steps++;
        return answer.Headers.Contains("Idempotency-Replayed");
    }

    public async Task VerifyUntilCutOffAsync(HttpClient server, Action answered, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await VerifyAsync(server, ct);
                answered();
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // The server was killed; whether the step was made is not known here.
        }
    }

    /// <summary>After a restart: what was acknowledged is there, and what was not was done once or not at all.</summary>
    public async Task ReconcileAsync(HttpClient server, string adminKey, CancellationToken ct)
    {
        if (Date is null)
        {
            await RegisterAsync(server, ct);
        }

        var kept = (await ReadAsync(server, adminKey, ct)).GetProperty("lastAccessedDate").GetString();
        var acknowledged = Date;
        if (string.Equals(kept, acknowledged, StringComparison.Ordinal))
        {
            Assert.False(await VerifyAsync(server, ct));
            return;
        }

        // The step that was not acknowledged was made, once: its answer is given again.
        Assert.NotNull(_requestId);
        Assert.True(await VerifyAsync(server, ct));
        Assert.Equal(kept, Date);
    }

    public async Task<JsonElement> ReadAsync(HttpClient server, string adminKey, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/machines/{Hash}");
        request.Headers.Authorization = new("Bearer", adminKey);
        using var answer = await server.SendAsync(request, ct);
        return await answer.IsAsync(HttpStatusCode.OK, ct);
    }
}
