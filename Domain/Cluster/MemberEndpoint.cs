using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster;

/// <summary>
/// Where a member is reached: <c>host:port</c>, 1 to 255 visible ASCII characters (design/api.md, Cluster). A host is a DNS name, an IPv4
/// address or an IPv6 address in brackets; a port is 1 to 65535, without leading zeros. Whether anything answers there is not looked at.
/// </summary>
public readonly record struct MemberEndpoint : ICanonicalText<MemberEndpoint>
{
    public const int MaxLength = 255;

    private static readonly SearchValues<char> NotInAddresses = SearchValues.Create("[]/%");

    private readonly string? _text;

    private MemberEndpoint(string text) => _text = text;

    public static string Rule => "must be host:port in at most 255 characters, the port 1 to 65535.";

    public static bool TryParse(ReadOnlySpan<char> text, out MemberEndpoint value)
    {
        value = default;
        var colon = text.LastIndexOf(':');
        if (text.Length > MaxLength || colon < 1 || !IsPort(text[(colon + 1)..]) || !IsHost(text[..colon]))
        {
            return false;
        }

        value = new MemberEndpoint(text.ToString());
        return true;
    }

    /// <exception cref="FormatException">The text is no endpoint; use <see cref="TryParse"/> where that is to be expected.</exception>
    public static MemberEndpoint Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"An endpoint {Rule}");

    public override string ToString() => _text ?? string.Empty;

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text is not ([] or ['0', ..])
        && !text.ContainsAnyExceptInRange('0', '9')
        && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host is ['[', .. var inner, ']'])
        {
            return !inner.ContainsAny(NotInAddresses) // A zone means something on one machine only.
                && IPAddress.TryParse(inner, out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        // The base library takes one number, or hexadecimal ones, for an address too: what ends in a number must be one in full.
        var last = host[(host.LastIndexOf('.') + 1)..];
        return last.ContainsAnyExceptInRange('0', '9') ? IsDnsName(host) : IsIPv4(host);
    }

    private static bool IsIPv4(ReadOnlySpan<char> host)
    {
        var numbers = 0;
        foreach (var part in host.Split('.'))
        {
            var number = host[part];
            if (number is [] or ['0', _, ..]
                || number.ContainsAnyExceptInRange('0', '9')
                || !byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            numbers++;
        }

        return numbers == 4;
    }

    /// <summary>
    /// RFC 1123, 2.1, and the underscore that names of containers have. How long a label is, is the resolver's affair: the contract limits the whole.
    /// </summary>
    private static bool IsDnsName(ReadOnlySpan<char> host)
    {
        foreach (var part in host.Split('.'))
        {
            var label = host[part];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-' || !IsLabel(label))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
