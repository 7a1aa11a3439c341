using System.Text;
using Microsoft.Extensions.Options;
using Repository.Api.Capabilities;
using Repository.Api.Cluster;
using Repository.Api.Coffer;
using Repository.Api.Coffer.Tcp;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Connections;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Api.Hosting.Settings;
using Repository.Api.Hosting.Telemetry;
using Repository.Api.Keys;
using Repository.Api.Machines;
using Repository.Api.Operation;
using Repository.Api.Resources;
using Repository.Api.Rooms;
using Repository.Api.Sessions;
using Repository.Api.Software;
using Repository.Api.Users;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting;

/// <summary>The server, from its settings to the order in which a request passes through it.</summary>
public static class RepositoryServer
{
    /// <summary>The largest request body, unless a path says otherwise (design/api.md, Conventions).</summary>
    internal const long MaxBodyBytes = 1 << 20;

    /// <summary>Runs the server until it is told to stop.</summary>
    /// <returns>The exit code: 0, or 1 when the start was refused, with the reason in one line on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (StartRefusal.Explain(failure) is { } reason)
        {
            await Console.Error.WriteLineAsync($"The server does not start: {reason}");
            return 1;
        }
    }

    /// <summary>Puts the server together without starting it.</summary>
    /// <param name="args">Settings from the command line, such as <c>--Database:Provider=Postgres</c>.</param>
    /// <param name="configure">Replaces services, such as the clock, in tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // appsettings.json lies beside the program, wherever it is started from; nothing is re-read while it runs.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(RepositoryServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;

            // A byte a character: what is not ASCII comes as far as the rule that refuses it with a problem.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        });

        var services = builder.Services;
        services.AddSettings(builder.Configuration);
        var provider = SettingsServices.ReadProvider(builder.Configuration);
        services.AddInfrastructure(builder.Configuration, provider);
        services.AddSingleton<Writes>();
        services.AddSingleton<IssuerName>();
        services.AddCallers();
        services.AddProxiesAndOrigins(builder.Configuration);
        services.AddConnectionPorts();
        services.AddPrivatePortListener();
        services.AddControllersAndValidation();
        services.AddMachines();
        services.AddUsers();
        services.AddSoftware();
        services.AddCapabilities();
        services.AddResources();
        services.AddUserClusters();
        services.AddNodes();
        services.AddCoffer();
        services.AddTokens();
        services.AddSessions();
        services.AddCofferTcp();
        services.AddRooms();
        services.AddOperation();
        services.AddOpenApiDocument();
        services.AddTelemetry(builder.Configuration);
        services.AddHostedService<StartAnnouncement>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<ProblemBoundary>();
        app.UseMiddleware<ServingGate>();
        app.UseProxiesAndOrigins();
        app.UseMiddleware<CallerMiddleware>();
        app.UseOpenApiDocument();
        app.UseRouting();
        app.UseAuthorization();
        DirectAction.MapDirectly(app);
        app.MapHealth();
        app.MapProblemPages();
        return app;
    }
}
