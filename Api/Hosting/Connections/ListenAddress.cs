using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Repository.Api.Hosting.Connections;

/// <summary>Reads where a port listens, as an operator writes it: <c>127.0.0.1:9187</c>, <c>0.0.0.0:9187</c> or <c>[::1]:9187</c>.</summary>
internal static class ListenAddress
{
    /// <summary>
    /// An IP address and a port, and nothing else. The framework's parser takes a lone number for an address and a lone address for
    /// one with port 0: both are misspelt here.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address) =>
        IPEndPoint.TryParse(text, out address)
        && (text.StartsWith('[') ? text.Contains("]:", StringComparison.Ordinal) : string.Equals(address.ToString(), text, StringComparison.Ordinal));
}
