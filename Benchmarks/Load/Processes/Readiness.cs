using System.Net;
using System.Net.Sockets;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Waits for a peer's first 200, asking every two milliseconds.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    public static async Task WaitAsync(IPEndPoint peer, string path, ChildProcess process, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        while (!await AnswersAsync(peer, path, timeout.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server for {path} ended before it answered:\n{process.LogTail()}");
            }

            await Task.Delay(Interval, timeout.Token);
        }
    }

    private static async Task<bool> AnswersAsync(IPEndPoint peer, string path, CancellationToken ct)
    {
        try
        {
            await LoadGenerator.CompleteAsync(peer, [new OneRequest(HttpRequest.Get(path))], ct);
            return true;
        }
        catch (Exception notYet) when (notYet is SocketException or ConnectionEndedException or UnexpectedAnswerException)
        {
            return false;
        }
    }
}
