using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Repository.Api.Hosting.Connections;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Connections;

/// <summary>A port on loopback with a clock of its own, whose handler is the test's.</summary>
internal sealed class TestPort : IAsyncDisposable
{
    public const string Setting = "Test:Listen";

    private readonly ServiceProvider _services;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _measured = new(StringComparer.Ordinal);

    public TestPort(Func<ConnectionContext, Task> serve, int maxConnections = 100, string address = "127.0.0.1:0")
    {
        _services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(Log)).BuildServiceProvider();
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Assert.Equal([new("port", "test")], tags.ToArray());
            _measured.AddOrUpdate(instrument.Name, value, (_, before) => before + value);
        });
        _listener.Start();
        var ports = new ConnectionPorts(new ConnectionMetrics(meters), Clock, _services.GetRequiredService<ILoggerFactory>());
        Port = ports.Create(new PortDescription("test", Setting, address, maxConnections, new Handler(serve)));
    }

    public ManualClock Clock { get; } = new();

    public LogCapture Log { get; } = new();

    public ConnectionPort Port { get; }

    /// <summary>The sum of what was counted under a name.</summary>
    public long Measured(string name) => _measured.GetValueOrDefault(name);

    public async Task<TcpClient> ConnectAsync(CancellationToken ct)
    {
        var client = new TcpClient();
        await client.ConnectAsync(Port.BoundAddress!, ct);
        return client;
    }

    /// <summary>Waits until so many connections are open: another thread opens and closes them.</summary>
    public async Task WaitForOpenAsync(int connections, CancellationToken ct)
    {
        while (Port.OpenConnections != connections)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Port.DisposeAsync();
        _listener.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>A handler that sends back what it receives until the other side ends, or the port does.</summary>
    public static async Task EchoAsync(ConnectionContext connection)
    {
        var ended = connection.Features.Get<IConnectionLease>()!.Ended;
        while (await connection.Transport.Input.ReadAsync(ended) is { IsCanceled: false, IsCompleted: false } read)
        {
            foreach (var part in read.Buffer)
            {
                await connection.Transport.Output.WriteAsync(part, ended);
            }

            connection.Transport.Input.AdvanceTo(read.Buffer.End);
        }
    }

    private sealed class Handler(Func<ConnectionContext, Task> serve) : ConnectionHandler
    {
        public override Task OnConnectedAsync(ConnectionContext connection) => serve(connection);
    }
}

/// <summary>What a client of a port sees.</summary>
internal static class TestClients
{
    /// <summary>Sends a byte and has it back: the connection is served.</summary>
    public static async Task EchoesAsync(this TcpClient client, CancellationToken ct)
    {
        var echo = new byte[1];
        await client.GetStream().WriteAsync("x"u8.ToArray(), ct);
        await client.GetStream().ReadExactlyAsync(echo, ct);
        Assert.Equal("x"u8.ToArray(), echo);
    }

    /// <summary>The server closes the connection, without a byte before.</summary>
    public static Task IsClosedAsync(this TcpClient client, CancellationToken ct) => client.GetStream().IsClosedAsync(ct);

    /// <summary>The server closes the connection, without a byte before.</summary>
    public static async Task IsClosedAsync(this NetworkStream stream, CancellationToken ct)
    {
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[1], ct));
        }
        catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // Bytes that nobody read make a close a reset.
        }
    }

    public static async Task<bool> IsListeningAsync(IPEndPoint address, CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, ct);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
