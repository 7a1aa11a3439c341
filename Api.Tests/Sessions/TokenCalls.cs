using System.Net;
using System.Text;
using System.Text.Json;
using Repository.Api.Tests.Capabilities;
using Repository.Api.Tests.Conventions;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Sessions;

/// <summary>What one who is shown a token does.</summary>
internal static class TokenCalls
{
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Asks for a token to be introspected or revoked.</summary>
    public static Task<HttpResponseMessage> PostTokenAsync(this HttpClient client, string call, string token, CancellationToken ct) =>
        client.PostFormAsync(call, $"token={Uri.EscapeDataString(token)}", ct);

    public static Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string call, string form, CancellationToken ct, string? type = Form) =>
        BodyCalls.PostAsync(client, $"/v1/tokens/{call}", Encoding.ASCII.GetBytes(form), type, ct);

    extension(RepositoryApp app)
    {
        /// <summary>Activates a new capability on a new machine.</summary>
        public async Task<(string Token, string Machine, string Capability)> ActivationAsync(CancellationToken ct)
        {
            var (capability, (machine, _)) = (await app.NewCapabilityAsync(ct), await app.RegisterAsync(ct));
            var json = await app.ActivateAsync(capability, machine, ct);
            return (json.GetProperty("token").GetString()!, machine, capability.Guid);
        }

        /// <summary>Asks for the time.</summary>
        public async Task<JsonElement> TimeAsync(CancellationToken ct, string query = "")
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/time{query}", ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>A token that tells the time.</summary>
        public async Task<string> TimeTokenAsync(CancellationToken ct) => (await app.TimeAsync(ct)).GetProperty("token").GetString()!;

        /// <summary>What an administrator is told of a token.</summary>
        public async Task<JsonElement> IntrospectAsync(string token, CancellationToken ct)
        {
            using var answer = await app.Administrator.PostTokenAsync("introspect", token, ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>Of a token that does not count exactly that is told.</summary>
        public async Task AssertInactiveAsync(string token, CancellationToken ct) =>
            Assert.Equal("""{"active":false}""", (await app.IntrospectAsync(token, ct)).GetRawText());
    }
}
