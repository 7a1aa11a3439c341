using System.Net;
using System.Net.Sockets;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Settings;

/// <summary>What an operator reads when the server cannot start: one line that names the setting.</summary>
public sealed class StartingWrongTests
{
    private const string Password = "pa55word-of-the-database";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:-1")]
    public async Task An_address_that_is_none_names_the_setting(string url) =>
        Assert.Contains("Kestrel:Endpoints", await Refusal.OfAsync(Ct, ("Kestrel:Endpoints:Public:Url", url)), StringComparison.Ordinal);

    [Fact]
    public async Task An_address_of_another_machine_names_the_setting() =>
        Assert.Contains("Kestrel:Endpoints", await Refusal.OfAsync(Ct, ("Kestrel:Endpoints:Public:Url", "http://192.0.2.1:5080")), StringComparison.Ordinal);

    [Fact]
    public async Task A_port_in_use_names_the_setting_and_the_address()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)holder.LocalEndpoint).Port}";

        var reason = await Refusal.OfAsync(Ct, ("Kestrel:Endpoints:Public:Url", address));

        Assert.Contains("Kestrel:Endpoints", reason, StringComparison.Ordinal);
        Assert.Contains(address, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9187")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:9187")]
    [InlineData("192.0.2.1:9187")]
    public async Task An_address_of_the_coffer_that_is_none_names_the_setting(string address)
    {
        var reason = await Refusal.OfAsync(Ct, ("Coffer:Listen", address));

        Assert.StartsWith("Coffer:Listen: ", reason, StringComparison.Ordinal);
        Assert.Contains(address, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_the_coffer_that_is_taken_names_the_setting()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var address = holder.LocalEndpoint.ToString()!;

        Assert.StartsWith($"Coffer:Listen: {address}: ", await Refusal.OfAsync(Ct, ("Coffer:Listen", address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Foo")]
    [InlineData("2")]
    [InlineData("Sqlite,Postgres")]
    public async Task An_unknown_database_names_the_setting(string provider) =>
        Assert.Contains("Database:Provider", await Refusal.OfAsync(Ct, ("Database:Provider", provider)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Database=repository")]
    [InlineData("not a connection string " + Password)]
    [InlineData("Host=127.0.0.1;Colour=red;Password=" + Password)]
    public async Task Postgres_without_a_usable_connection_string_names_the_setting(string connection) =>
        await AssertNamesConnectionAsync(connection);

    [Fact]
    public async Task A_postgres_that_does_not_listen_names_the_setting() =>
        await AssertNamesConnectionAsync($"Host=127.0.0.1;Port={PostgresServer.FreePort()};Username=nobody;Password={Password};Timeout=5");

    [Fact]
    public async Task A_postgres_whose_name_nobody_knows_names_the_setting() =>
        await AssertNamesConnectionAsync($"Host=no-such-host.invalid;Username=nobody;Password={Password};Timeout=5");

    [Fact]
    public async Task A_database_that_does_not_exist_names_the_setting()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Ct);

        await AssertNamesConnectionAsync(connection + ";Database=no_such_database;Password=" + Password);
    }

    [Theory]
    [InlineData("--Database:Provider=Foo", "Database:Provider")]
    [InlineData("--Database:WriteQueueLength=0", "Database:WriteQueueLength")]
    [InlineData("--Database:WriteQueueLenght=5", "Database:WriteQueueLenght")]
    public async Task The_process_says_so_in_one_line_and_ends_with_1(string setting, string name)
    {
        using var folder = new TestFolder();
        await using var server = ServerProcess.Start(folder.Path, setting);

        Assert.Equal(1, await server.WaitForExitAsync(Ct));

        AssertOneLine(server, name);
    }

    [Fact]
    public async Task The_process_ends_with_1_when_its_port_is_taken()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        using var folder = new TestFolder();
        await using var server = ServerProcess.Start(
            folder.Path,
            $"--Kestrel:Endpoints:Public:Url=http://127.0.0.1:{((IPEndPoint)holder.LocalEndpoint).Port}");

        Assert.Equal(1, await server.WaitForExitAsync(Ct));

        AssertOneLine(server, "Kestrel:Endpoints");
    }

    [Fact]
    public async Task The_process_ends_with_1_when_postgres_does_not_listen()
    {
        using var folder = new TestFolder();
        await using var server = ServerProcess.Start(
            folder.Path,
            "--Database:Provider=Postgres",
            $"--ConnectionStrings:Repository=Host=127.0.0.1;Port={PostgresServer.FreePort()};Username=nobody;Password={Password}");

        Assert.Equal(1, await server.WaitForExitAsync(Ct));

        AssertOneLine(server, "ConnectionStrings:Repository");
        Assert.DoesNotContain(Password, server.Output, StringComparison.Ordinal);
    }

    private static void AssertOneLine(ServerProcess server, string name)
    {
        var line = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("The server does not start: ", line, StringComparison.Ordinal);
        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    private static async Task AssertNamesConnectionAsync(string connection)
    {
        var reason = await Refusal.OfAsync(Ct, ("Database:Provider", "Postgres"), ("ConnectionStrings:Repository", connection));
        Assert.Contains("ConnectionStrings:Repository", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, reason, StringComparison.Ordinal);
    }
}
