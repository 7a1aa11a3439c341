using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Cluster.PrivatePort;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Telemetry;

/// <summary>Sends metrics and traces by OTLP while the server runs. Registered only when an endpoint is configured.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private static readonly string[] Meters =
    [
        StorageMetrics.MeterName, ConnectionMetrics.MeterName, CallerRefusals.MeterName, "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql",
    ];

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var resource = ResourceBuilder.CreateDefault().AddService("repository");
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, settings, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.MetricsInterval.TotalMilliseconds;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter(exporter => Configure(exporter, settings, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _metrics?.ForceFlush((int)TimeSpan.FromSeconds(2).TotalMilliseconds);
        _traces?.ForceFlush((int)TimeSpan.FromSeconds(2).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions settings, string path)
    {
        var address = new Uri(settings.OtlpEndpoint!);
        var isGrpc = settings.OtlpProtocol == OtlpProtocol.Grpc;
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = isGrpc ? address : new Uri($"{settings.OtlpEndpoint!.TrimEnd('/')}/{path}");
    }
}

/// <summary>Registers telemetry where it is configured; without it no activity is made and no meter listened to.</summary>
internal static class TelemetryServices
{
    /// <summary>On by default, it leaves ASP.NET Core's activities without method and path, for a package to add that we do not use.</summary>
    private const string SuppressesTags = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)}"]))
        {
            AppContext.SetSwitch(SuppressesTags, isEnabled: false);
            services.AddHostedService<TelemetryExport>();
        }
    }
}
