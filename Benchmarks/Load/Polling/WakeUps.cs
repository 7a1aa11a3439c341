using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Polling;

/// <summary>How soon a held poll is answered: from the moment a post is sent to the moment the poll's answer is there, one after the other.</summary>
internal static class WakeUps
{
    private const int PostsARound = 300;
    private static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(10);

    /// <param name="arena">How much is measured.</param>
    /// <param name="server">Where is posted.</param>
    /// <param name="crowd">The waiters.</param>
    /// <param name="posts">The post that wakes each of them, in their order.</param>
    /// <param name="ct">Ends the run.</param>
    public static async Task<WakeUpTimes> MeasureAsync(Arena arena, IPEndPoint server, PollCrowd crowd, IReadOnlyList<byte[]> posts, CancellationToken ct)
    {
        var rounds = new List<List<double>>();
        for (var round = 0; round <= arena.Length.Rounds; round++)
        {
            var wakes = new OnePostAtATime(crowd, posts, PostsARound);
            await LoadGenerator.CompleteAsync(server, [wakes], ct);
            rounds.Add(await wakes.MillisecondsAsync(HangTimeout, ct));
        }

        rounds.RemoveAt(0); // The compiler's.
        return new WakeUpTimes(At(rounds, 0.5), At(rounds, 0.99));
    }

    private static Spread At(List<List<double>> rounds, double share) =>
        Spread.Of(rounds.Select(times => Math.Round(times[(int)Math.Ceiling(times.Count * share) - 1], 3)));

    /// <summary>Posts to waiters at random; each post waits for its own answer, not for the waiter's.</summary>
    private sealed class OnePostAtATime(PollCrowd crowd, IReadOnlyList<byte[]> posts, int count) : Conversation
    {
        private readonly List<(long Sent, Task<long> Woken)> _sent = [];

        public override ReadOnlyMemory<byte> NextRequest()
        {
            if (_sent.Count == count)
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            var waiter = RandomNumberGenerator.GetInt32(posts.Count);
            _sent.Add((Stopwatch.GetTimestamp(), crowd.Polls[waiter].NextWake));
            return posts[waiter];
        }

        public override int ReadAnswer(Span<byte> received)
        {
            if (!HttpAnswer.TryRead(received, out var answer))
            {
                return 0;
            }

            return answer.Status is 201 or 202 ? answer.Length : throw UnexpectedAnswerException.For("201 or 202", received);
        }

        /// <summary>Sorted.</summary>
        public async Task<List<double>> MillisecondsAsync(TimeSpan timeout, CancellationToken ct)
        {
            var times = new List<double>();
            foreach (var (sent, woken) in _sent)
            {
                times.Add(Stopwatch.GetElapsedTime(sent, await woken.WaitAsync(timeout, ct)).TotalMilliseconds);
            }

            times.Sort();
            return times;
        }
    }
}

/// <summary>Milliseconds, over the rounds.</summary>
internal sealed record WakeUpTimes(Spread Median, Spread P99);
