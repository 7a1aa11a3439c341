using Microsoft.Extensions.Options;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Cluster;

/// <summary>What this node says of itself: its settings, and the addresses on which it listens once it does.</summary>
internal sealed class NodeDescription(
    NodeIdentity identity,
    IOptions<ClusterOptions> options,
    IOptions<RepositoryOptions> repository,
    IOptions<DatabaseOptions> database)
{
    /// <summary>How many digits of its id a node without a name has in its name.</summary>
    private const int DigitsInName = 8;

    private readonly Lock _changing = new();
    private MemberEndpoint? _listensPublicly;
    private MemberEndpoint? _listensPrivately;

    /// <summary>Notes where it listens, as others reach it; what the settings say goes before that.</summary>
    /// <param name="publicEndpoint">The public port, or null where that is not what has changed.</param>
    /// <param name="clusterEndpoint">The private port, or null where that is not what has changed.</param>
    public void Note(MemberEndpoint? publicEndpoint, MemberEndpoint? clusterEndpoint)
    {
        lock (_changing)
        {
            _listensPublicly = publicEndpoint ?? _listensPublicly;
            _listensPrivately = clusterEndpoint ?? _listensPrivately;
        }
    }

    /// <summary>The descriptor of this moment.</summary>
    public MemberDescriptor Describe()
    {
        var settings = options.Value;
        lock (_changing)
        {
            var publicEndpoint = Parse(settings.PublicEndpoint) ?? _listensPublicly ?? AdvertisedEndpoint.Unknown;
            var clusterEndpoint = string.IsNullOrEmpty(settings.Listen)
                ? publicEndpoint // It has no private port.
                : Parse(settings.ClusterEndpoint) ?? _listensPrivately ?? AdvertisedEndpoint.OfListen(settings.Listen) ?? publicEndpoint;
            return Node.Describe(NameOf(settings), identity.Ck, identity.Sk, clusterEndpoint, publicEndpoint);
        }
    }

    /// <summary>What it brings to its start.</summary>
    public StartingNode Start()
    {
        var descriptor = Describe();
        return new StartingNode(
            descriptor,
            Sign(descriptor),
            PlainJoinToken.TryParse(options.Value.JoinToken ?? string.Empty, out var token) ? token.Hash : null,
            string.IsNullOrEmpty(repository.Value.Issuer) ? null : repository.Value.Issuer,
            IsAlone: database.Value.Provider == DatabaseProvider.Sqlite);
    }

    /// <summary>The member signature of a descriptor of this node's.</summary>
    public byte[] Sign(MemberDescriptor descriptor) => identity.Sign(descriptor.ToSignedBytes());

    private MemberName NameOf(ClusterOptions settings) =>
        MemberName.Parse(string.IsNullOrEmpty(settings.Name) ? "node_" + identity.Id.ToString()[..DigitsInName] : settings.Name);

    private static MemberEndpoint? Parse(string? text) => MemberEndpoint.TryParse(text, out var endpoint) ? endpoint : null;
}
