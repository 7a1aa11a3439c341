namespace Repository.Benchmarks.Load.Measuring;

/// <summary>How long one sample takes.</summary>
/// <param name="WarmUp">Load that is not counted, before each window: connections, caches and the compiler settle.</param>
/// <param name="Duration">The window that is counted.</param>
internal sealed record SampleTiming(TimeSpan WarmUp, TimeSpan Duration);
