namespace Repository.Benchmarks.Load.Client;

/// <summary>The peer closed the connection before its answer was whole. That ends the run, unless it is about peers that go.</summary>
internal sealed class ConnectionEndedException() : Exception("The connection ended before the answer did.");
