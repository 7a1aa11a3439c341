using System.Diagnostics;
using System.Numerics;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>Counts of latencies in buckets of at most 1/32 (3 %) of their value, from 1 µs to an hour. One writer at a time.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 5;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int Magnitudes = 32 - SubBucketBits;

    private readonly int[] _counts = new int[SubBuckets * (Magnitudes + 1)];

    public long Count { get; private set; }

    /// <param name="stopwatchTicks">In units of <see cref="Stopwatch.Frequency"/>.</param>
    public void Record(long stopwatchTicks)
    {
        _counts[BucketOf(stopwatchTicks * 1_000_000 / Stopwatch.Frequency)]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>The upper bound of the bucket that holds the given share (0 to 1) of all latencies.</summary>
    public TimeSpan Percentile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0)
            {
                return TimeSpan.FromMicroseconds(UpperBoundOf(bucket));
            }
        }

        return TimeSpan.MaxValue;
    }

    // Below 32 µs every microsecond has its own bucket; above, each power of two has 32.
    private static int BucketOf(long microseconds)
    {
        var value = (uint)Math.Clamp(microseconds, 0, uint.MaxValue);
        var magnitude = Math.Max(0, BitOperations.Log2(value) - SubBucketBits);
        var high = value < SubBuckets ? 0 : magnitude + 1;
        return (high << SubBucketBits) | (int)((value >> magnitude) & (SubBuckets - 1));
    }

    private static long UpperBoundOf(int bucket)
    {
        var (high, low) = (bucket >> SubBucketBits, bucket & (SubBuckets - 1));
        return high == 0 ? low + 1 : ((long)(SubBuckets | low) + 1) << (high - 1);
    }
}
