using System.Security.Cryptography;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>How long to wait before a node is called again: doubled with each failure, and never the same for two nodes that failed together.</summary>
internal static class BackOff
{
    /// <summary>After a connection that was good, and the first failure.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    /// <summary>However often it failed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>From half to the whole of the doubled time.</summary>
    public static TimeSpan After(int failures)
    {
        var whole = TimeSpan.FromTicks(Math.Min(Longest.Ticks, Shortest.Ticks << Math.Min(failures, 10)));
        return TimeSpan.FromTicks((whole.Ticks / 2) + RandomNumberGenerator.GetInt32((int)(whole.Ticks / 2) + 1));
    }
}
