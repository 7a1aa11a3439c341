using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class MalformedHashesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Malformed =
    [
        Digits[..31],
        Digits[..32] + "0",
        Digits[..63],
        Digits + "0",
        Digits[..32].ToUpperInvariant(),
        Digits.ToUpperInvariant(),
        Digits[..63] + "F",
        "01234567-89ab-cdef-0123-456789abcdef",
        Digits[..31] + "g",
        Digits[..31] + " ",
        " " + Digits[..31],
        "0x" + Digits[..30],
        Digits[..31] + "\u0663", // An Arabic-Indic three.
        new string('\uff11', 32), // Full-width ones.
        new string('\uff41', 64), // Full-width letters a.
    ];

    private string? _bystander;

    [Fact]
    public async Task In_a_body_they_are_named_and_nothing_is_stored()
    {
        foreach (var hash in Malformed.Concat(["", new string('a', 1_000_000)]))
        {
            using var answer = await App.PostMachineAsync(hash, Ct);

            await answer.InvalidAsync(Ct, "machineRegisterHash");
            Assert.True(hash.Length < 31 || !(await answer.Content.ReadAsStringAsync(Ct)).Contains(hash, StringComparison.Ordinal), hash);
        }

        Assert.Empty(await App.MachinesAsync(Ct));
        Assert.Empty(await App.AuditAsync("machine-registered", Ct));
    }

    [Fact]
    public async Task As_the_previous_machine_they_are_named_and_nothing_is_stored()
    {
        foreach (var hash in Malformed.Concat(["", new string('a', 1_000_000)]))
        {
            using var answer = await App.PostSuccessorAsync(MachineCalls.NewHash(), hash, Ct);

            await answer.InvalidAsync(Ct, "previousMachineRegisterHash");
        }

        Assert.Empty(await App.MachinesAsync(Ct));
    }

    [Fact]
    public async Task Both_are_named_at_once()
    {
        using var answer = await App.PostSuccessorAsync("x", "y", Ct);

        await answer.InvalidAsync(Ct, "machineRegisterHash", "previousMachineRegisterHash");
    }

    [Fact]
    public async Task In_a_path_they_are_named_in_every_call()
    {
        using var registered = await App.PostMachineAsync(Digits, Ct); // What a lenient reader could take some of them for.
        await RegisterShortAsync();

        foreach (var hash in Malformed.Append(new string('a', 7000)))
        {
            var path = $"/v1/machines/{Uri.EscapeDataString(hash)}";
            using var get = await App.Anonymous.GetAsync(path, Ct);
            await get.InvalidAsync(Ct, "machineRegisterHash");
            using var verify = await RepositoryApp.SendAsync(
                App.Anonymous,
                HttpMethod.Post,
                path + "/verify",
                """{"lastAccessedDate":"2026-11-21T19:19:00.1234567Z"}""",
                Ct);
            await verify.InvalidAsync(Ct, "machineRegisterHash");
            using var patch = await RepositoryApp.SendAsync(App.Administrator, HttpMethod.Patch, path, """{"hashState":0}""", Ct);
            await patch.InvalidAsync(Ct, "machineRegisterHash");
        }

        Assert.All(await App.MachinesAsync(Ct), machine => Assert.Equal(1, machine.GetProperty("hashState").GetInt32()));
        Assert.Equal(0, (await App.MachineAsync(_bystander!, Ct)).GetProperty("mismatchCount").GetInt32());
    }

    [Fact]
    public async Task A_path_of_nine_thousand_digits_does_not_reach_the_application()
    {
        using var answer = await App.Anonymous.GetAsync($"/v1/machines/{new string('a', 9000)}", Ct);

        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
    }

    private async Task RegisterShortAsync()
    {
        _bystander = Digits[..32];
        using var answer = await App.PostMachineAsync(_bystander, Ct);
        await answer.IsAsync(HttpStatusCode.Created, Ct);
    }

    public sealed class OnSqlite() : MalformedHashesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : MalformedHashesTests(DatabaseProvider.Postgres);
}
