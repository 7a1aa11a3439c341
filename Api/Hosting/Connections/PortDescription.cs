using Microsoft.AspNetCore.Connections;

namespace Repository.Api.Hosting.Connections;

/// <summary>What a port is: where it listens and who serves what is accepted there.</summary>
/// <param name="Name">In metrics and the log, such as <c>coffer</c>.</param>
/// <param name="Setting">The setting that holds the address, for the message when it cannot be used.</param>
/// <param name="Address">As <see cref="ListenAddress"/> reads it; port 0 is any that is free.</param>
/// <param name="MaxConnections">How many connections may be open; one more is closed at once.</param>
/// <param name="Handler">Serves one connection a call; the connection ends when the call does.</param>
internal sealed record PortDescription(string Name, string Setting, string Address, int MaxConnections, ConnectionHandler Handler);
