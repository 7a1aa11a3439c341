using System.ComponentModel.DataAnnotations;
using System.Net;
using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>What this node is called, where others reach it, and how it joins the nodes of its database.</summary>
public sealed class ClusterOptions : IValidatableObject
{
    public const string Section = "Cluster";

    private const string AnyAddress = "*";

    /// <summary>Where the private port listens: <c>address:port</c>, or <c>*:port</c> for every address. Empty: there is none.</summary>
    public string? Listen { get; set; }

    /// <summary>The node's name: <c>[A-Za-z_][A-Za-z0-9_]*</c>, at most 128 characters. Empty: <c>node_</c> and the first digits of its id.</summary>
    public string? Name { get; set; }

    /// <summary>Where clients reach this node, as <c>host:port</c>. Empty: the address on which it listens.</summary>
    public string? PublicEndpoint { get; set; }

    /// <summary>Where the other nodes reach this node's private port, as <c>host:port</c>. Empty: <see cref="Listen"/>.</summary>
    public string? ClusterEndpoint { get; set; }

    /// <summary>The token that admits this node, made by an administrator at another. It is used at the first start and ignored afterwards.</summary>
    public string? JoinToken { get; set; }

    /// <summary>How long a join token that is made here can be used. 1 s to 30 d; 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan JoinTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>In bits: how long the two RSA keys are that a first start makes. 2,048 or 3,072; 2,048.</summary>
    [AllowedValues(2048, 3072, ErrorMessage = "must be 2048 or 3072.")]
    public int KeySize { get; set; } = 2048;

    /// <summary>Whether this node announces itself to, and finds, the nodes of the local network.</summary>
    public bool Discovery { get; set; }

    /// <summary>Where announcements are sent to and heard: an IPv4 multicast address and a port.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DiscoveryGroup { get; set; } = "239.192.77.77:9188";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Listen) && !TryParseListen(Listen, out _))
        {
            yield return new ValidationResult($"must be an IP address and a port, or *:port.", [nameof(Listen)]);
        }

        if (!string.IsNullOrEmpty(Name) && !MemberName.TryParse(Name, out _))
        {
            yield return new ValidationResult(MemberName.Rule, [nameof(Name)]);
        }

        foreach (var (endpoint, name) in new[] { (PublicEndpoint, nameof(PublicEndpoint)), (ClusterEndpoint, nameof(ClusterEndpoint)) })
        {
            if (!string.IsNullOrEmpty(endpoint) && !MemberEndpoint.TryParse(endpoint, out _))
            {
                yield return new ValidationResult(MemberEndpoint.Rule, [name]);
            }
        }

        // The message says nothing of the value: it is a secret.
        if (!string.IsNullOrEmpty(JoinToken) && !PlainJoinToken.TryParse(JoinToken, out _))
        {
            yield return new ValidationResult($"must be a join token: {PlainJoinToken.Prefix} and 43 characters.", [nameof(JoinToken)]);
        }

        if (!IsMulticast(DiscoveryGroup))
        {
            yield return new ValidationResult("must be an IPv4 multicast address and a port, such as 239.192.77.77:9188.", [nameof(DiscoveryGroup)]);
        }
    }

    /// <summary>Reads where to listen. Port 0 is one that is free.</summary>
    public static bool TryParseListen(string text, out IPEndPoint endPoint)
    {
        var everywhere = text.StartsWith(AnyAddress + ":", StringComparison.Ordinal) ? IPAddress.Any + text[AnyAddress.Length..] : text;
        var valid = everywhere.Contains(':', StringComparison.Ordinal) & IPEndPoint.TryParse(everywhere, out var read);
        endPoint = read ?? new IPEndPoint(IPAddress.None, 0);
        return valid;
    }

    private static bool IsMulticast(string? text) =>
        IPEndPoint.TryParse(text ?? string.Empty, out var group)
        && group.Port > 0
        && group.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
        && group.Address.GetAddressBytes()[0] is >= 224 and <= 239;
}
