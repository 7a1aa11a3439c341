namespace Repository.Benchmarks.Load.Client;

/// <summary>
/// Lets socket completions run on the threads that poll the sockets, without a hop through the thread pool: what an event loop in
/// C does, at the cost of one (P0). Only this process is set so; the peers run as they always do.
/// </summary>
internal static class EventLoops
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string ThreadCount = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>As many as wrk is given threads.</summary>
    public const int Count = 2;

    /// <summary>The variables that no peer may inherit.</summary>
    public static IReadOnlyList<string> Variables { get; } = [InlineCompletions, ThreadCount];

    /// <summary>Must be called before this process makes its first socket.</summary>
    public static void Use()
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(ThreadCount, $"{Count}");
    }
}
