using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Hosting;

/// <summary>
/// A server of one test: the real one, on a loopback port of its own, with its own data directory, database and clock. Stopping
/// searches its log for secrets.
/// </summary>
public sealed class RepositoryApp : IAsyncDisposable
{
    private const string JoinTokenSetting = "Cluster:JoinToken";

    private readonly DatabaseProvider _provider;
    private readonly Dictionary<string, string> _settings;
    private readonly LogCapture _log = new();
    private readonly SecretWatch _watch = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private readonly PreparedPairs _pairs;
    private WebApplication? _app;
    private HttpClient? _anonymous;
    private HttpClient? _administrator;

    private RepositoryApp(DatabaseProvider provider, string dataDirectory, Dictionary<string, string> settings, PreparedPairs pairs)
    {
        _pairs = pairs;
        _provider = provider;
        _settings = settings;
        DataDirectory = dataDirectory;
        AdminKey = settings["Repository:AdminKey"];
        _watch.Add(AdminKey);
    }

    public ManualClock Clock { get; init; } = new();

    public string DataDirectory { get; }

    public string AdminKey { get; }

    /// <summary>The server's services, for what cannot be seen through HTTP.</summary>
    public IServiceProvider Services => App.Services;

    public IReadOnlyCollection<string> LogLines => _log.Lines;

    /// <summary>Calls without a credential.</summary>
    public HttpClient Anonymous => _anonymous ?? throw NotStarted();

    /// <summary>Calls with the administrator's key.</summary>
    public HttpClient Administrator => _administrator ?? throw NotStarted();

    /// <summary>Calls with a session of this user.</summary>
    public HttpClient SessionOf(string userGuid) => Bearing(TestSession.Prefix + userGuid);

    /// <summary>Calls with a credential of any kind, which must not be seen in the log.</summary>
    public HttpClient Presenting(string credential)
    {
        _watch.Add(credential);
        return Bearing(credential);
    }

    /// <summary>A secret of the test, which must not be seen in the log.</summary>
    public void Hide(string secret) => _watch.Add(secret);

    public string? ConnectionString => _settings.GetValueOrDefault("ConnectionStrings:Repository");

    private WebApplication App => _app ?? throw NotStarted();

    /// <summary>Starts a server on an empty database.</summary>
    public static async Task<RepositoryApp> StartAsync(DatabaseProvider provider, CancellationToken ct, params (string Name, string Value)[] settings)
    {
        var app = await PrepareAsync(provider, new PreparedPairs(), ct, settings);
        await app.StartAsync(ct);
        return app;
    }

    /// <summary>Starts servers of one empty database at once: nodes with keys of their own, and with nothing else that tells them apart.</summary>
    public static async Task<RepositoryApp[]> StartTogetherAsync(int count, CancellationToken ct)
    {
        var pairs = new PreparedPairs();
        var first = await PrepareAsync(DatabaseProvider.Postgres, pairs, ct, ("Repository:MasterKey", Convert.ToBase64String(new byte[32])));
        RepositoryApp[] nodes =
        [
            first,
            .. Enumerable.Range(1, count - 1).Select(_ => new RepositoryApp(
                first._provider,
                Directory.CreateTempSubdirectory("repository-test-").FullName,
                first._settings,
                pairs) { Clock = first.Clock }),
        ];
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.StartAsync(ct), ct)));
        return nodes;
    }

    private static async Task<RepositoryApp> PrepareAsync(
        DatabaseProvider provider,
        PreparedPairs pairs,
        CancellationToken ct,
        params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider.ToString(),
            ["Repository:AdminKey"] = "rak_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
            ["RateLimits:Enabled"] = "false",
            ["Cluster:PublicEndpoint"] = "127.0.0.1:5080", // The true port is another at every start, and each is signed and audited.
            ["Coffer:Listen"] = "127.0.0.1:0",
        };
        if (provider == DatabaseProvider.Postgres)
        {
            all["ConnectionStrings:Repository"] = await PostgresServer.CreateDatabaseAsync(ct);
        }

        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new RepositoryApp(provider, Directory.CreateTempSubdirectory("repository-test-").FullName, all, pairs);
    }

    /// <summary>
    /// Another server beside this one: the same database, master key and clock, its own data directory. It joins by a token of this one's,
    /// unless the settings name another, or an empty one. Only on PostgreSQL.
    /// </summary>
    public async Task<RepositoryApp> StartNodeAsync(CancellationToken ct, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        if (!settings.Any(static setting => setting.Name is JoinTokenSetting))
        {
            all[JoinTokenSetting] = await MakeJoinTokenAsync(ct);
        }

        var folder = Directory.CreateTempSubdirectory("repository-test-").FullName;
        File.Copy(Path.Combine(DataDirectory, "master.key"), Path.Combine(folder, "master.key"));
        var node = new RepositoryApp(_provider, folder, all, _pairs) { Clock = Clock };
        try
        {
            await node.StartAsync(ct);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }

        return node;
    }

    /// <summary>A new join token, as the administrator makes it.</summary>
    public async Task<string> MakeJoinTokenAsync(CancellationToken ct)
    {
        using var answer = await Administrator.PostAsync("/v1/cluster/join-tokens", content: null, ct);
        var token = (await answer.IsAsync(HttpStatusCode.Created, ct)).GetProperty("token").GetString()!;
        _watch.Add(token);
        return token;
    }

    /// <summary>Stops the server and starts it again on the same data, with some settings changed.</summary>
    public async Task RestartAsync(CancellationToken ct, params (string Name, string Value)[] settings)
    {
        await StopAsync(ct);
        foreach (var (name, value) in settings)
        {
            _settings[name] = value;
        }

        await StartAsync(ct);
    }

    /// <summary>Stops the server; its data stays.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (_app is not null)
        {
            await _app.StopAsync(ct);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>Starts the server on its data.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        string[] args =
        [
            "--Kestrel:Endpoints:Public:Url=http://127.0.0.1:0",
            $"--Repository:DataDirectory={DataDirectory}",
            .. _settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        _app = RepositoryServer.Build(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSingleton<DrawRsaPair>(_pairs.Draw);
            builder.Services.AddSingleton<ICredential, TestSession>();
            builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Debug);
        });
        try
        {
            await _app.StartAsync(ct);
        }
        catch
        {
            await _app.DisposeAsync();
            _app = null;
            throw;
        }

        var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _anonymous = new HttpClient(_watch, disposeHandler: false) { BaseAddress = address };
        _administrator = new HttpClient(_watch, disposeHandler: false) { BaseAddress = address };
        _administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    /// <summary>POSTs JSON as it is given, with headers.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        string? json,
        CancellationToken ct,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request, ct);
    }

    /// <summary>The body of an answer.</summary>
    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer, CancellationToken ct) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct));

    /// <summary>The code of a problem, after checking that it is one in full.</summary>
    public static async Task<string> CodeOf(HttpResponseMessage answer, CancellationToken ct)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var problem = await JsonOf(answer, ct);
        var code = problem.GetProperty("code").GetString()!;
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.All(["title", "detail", "instance", "traceId"], member => Assert.NotEmpty(problem.GetProperty(member).GetString()!));
        ShowsAttribute.Saw(code);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Directory.Delete(DataDirectory, recursive: true);
        _watch.AssertAbsentFrom(_log.Lines);
        _watch.Dispose();
        _log.Dispose();
        _anonymous?.Dispose();
        _administrator?.Dispose();
    }

    private HttpClient Bearing(string credential)
    {
        var client = new HttpClient(_watch, disposeHandler: false) { BaseAddress = Anonymous.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    private static InvalidOperationException NotStarted() => new("The server is not running.");
}
