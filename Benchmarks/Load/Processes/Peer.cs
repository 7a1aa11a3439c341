using System.Diagnostics;
using System.Net;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>A running server that can be measured.</summary>
/// <param name="EndPoint">Where it listens.</param>
/// <param name="Process">Its process, ended on disposal.</param>
/// <param name="ColdStart">From the start of the process to its first 200.</param>
internal sealed record Peer(IPEndPoint EndPoint, ChildProcess Process, TimeSpan ColdStart) : IAsyncDisposable
{
    /// <summary>Starts a process and waits until it answers 200.</summary>
    public static async Task<Peer> StartAsync(
        IPEndPoint endPoint,
        string readyPath,
        Func<ChildProcess> start,
        CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var process = start();
        var isReady = false;
        try
        {
            await Readiness.WaitAsync(endPoint, readyPath, process, ct);
            isReady = true;
            return new Peer(endPoint, process, Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            if (!isReady)
            {
                await process.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
