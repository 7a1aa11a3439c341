using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Audit;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What is asked about seats, beside claiming them.</summary>
internal static class SeatCalls
{
    public static string ListPath(string capability) => $"/v1/capabilities/{capability}/activations";

    /// <summary>The machines of a part of the list, in its order.</summary>
    public static IEnumerable<string> MachinesOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(seat => seat.GetProperty("machineRegisterHash").GetString()!);

    /// <summary>Releases a seat without its file, as whoever the client is.</summary>
    public static Task<HttpResponseMessage> DeleteSeatAsync(
        this HttpClient client,
        string capability,
        string machine,
        CancellationToken ct,
        string? json = null,
        params (string Name, string Value)[] headers) =>
        RepositoryApp.SendAsync(client, HttpMethod.Delete, CapabilityCalls.SeatPath(capability, machine), json, ct, headers);

    extension(RepositoryApp app)
    {
        /// <summary>A capability for so many machines, of a new issuer.</summary>
        public async Task<TestCapability> NewCapabilityAsync(int machines, CancellationToken ct) =>
            (await app.NewCapabilityAsync(ct)).With("machines", machines.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public async Task<string> NewMachineAsync(CancellationToken ct) => (await app.RegisterAsync(ct)).Hash;

        public async Task<string[]> NewMachinesAsync(int count, CancellationToken ct) =>
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => app.NewMachineAsync(ct)));

        /// <summary>Claims the seat again that a machine holds.</summary>
        /// <returns>The answer's body.</returns>
        public async Task<JsonElement> ActivateAgainAsync(TestCapability capability, string machine, CancellationToken ct)
        {
            using var answer = await app.PutSeatAsync(capability, machine, ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        /// <summary>The capability as anyone sees it.</summary>
        public async Task<JsonElement> CapabilityAsync(string guid, CancellationToken ct)
        {
            using var answer = await app.GetCapabilityAsync(guid, ct);
            return await answer.IsAsync(HttpStatusCode.OK, ct);
        }

        public async Task<long> UsedSeatsAsync(TestCapability capability, CancellationToken ct) =>
            (await app.CapabilityAsync(capability.Guid, ct)).GetProperty("seats").GetProperty("used").GetInt64();

        /// <summary>The machines that hold a seat, as the administrator sees them.</summary>
        public async Task<string[]> HoldersAsync(TestCapability capability, CancellationToken ct)
        {
            using var answer = await app.Administrator.GetAsync($"{ListPath(capability.Guid)}?limit=200", ct);
            return [.. MachinesOf(await answer.IsAsync(HttpStatusCode.OK, ct))];
        }

        /// <summary>Exactly these machines hold a seat, in this order, and they are counted so.</summary>
        public async Task HeldByAsync(TestCapability capability, CancellationToken ct, params string[] machines)
        {
            Assert.Equal(machines, await app.HoldersAsync(capability, ct));
            Assert.Equal(machines.Length, await app.UsedSeatsAsync(capability, ct));
        }

        /// <summary>The machine gets no seat now, because of this problem.</summary>
        /// <returns>The <c>Retry-After</c>, or null where there is none.</returns>
        public async Task<string?> NoSeatAsync(TestCapability capability, string machine, string code, CancellationToken ct)
        {
            using var answer = await app.PutSeatAsync(capability, machine, ct);
            await answer.RefusedAsync(HttpStatusCode.Conflict, code, ct);
            return answer.HeaderOf("Retry-After");
        }

        /// <summary>Entries of this action: who, about which capability, and the details.</summary>
        public async Task<string[]> SeatEventsAsync(string action, CancellationToken ct) =>
        [
            .. (await app.AuditAsync(action, ct)).Select(entry =>
                $"{AuditCalls.Text(entry, "actor")} {AuditCalls.Text(entry, "subject")} {entry.GetProperty("details").GetRawText()}"),
        ];
    }
}
