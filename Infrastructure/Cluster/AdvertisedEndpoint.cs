using System.Globalization;
using System.Net;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>Makes an address at which others reach a port of one on which this node listens.</summary>
internal static class AdvertisedEndpoint
{
    private static readonly string[] Everywhere = ["", "*", "+", "0.0.0.0", "[::]", "::"];

    /// <summary>Stands for a public port that is not known until the server listens.</summary>
    public static MemberEndpoint Unknown { get; } = Of("localhost", 80) ?? throw new InvalidOperationException("An endpoint is an endpoint.");

    /// <summary>The address of a host and a port; every address of this machine is its name. Null where the port is not known yet, 0.</summary>
    public static MemberEndpoint? Of(string host, int port)
    {
        var name = Everywhere.Contains(host, StringComparer.Ordinal) ? Dns.GetHostName() : host;
        var bracketed = name.Contains(':', StringComparison.Ordinal) && name[0] != '[' ? $"[{name}]" : name;
        return MemberEndpoint.TryParse(string.Create(CultureInfo.InvariantCulture, $"{bracketed}:{port}"), out var endpoint)
            || MemberEndpoint.TryParse(string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"), out endpoint)
            ? endpoint
            : null;
    }

    /// <summary>The address of a private port (<see cref="ClusterOptions.Listen"/>).</summary>
    public static MemberEndpoint? OfListen(string listen) =>
        ClusterOptions.TryParseListen(listen, out var endPoint) ? Of(endPoint.Address.ToString(), endPoint.Port) : null;
}
