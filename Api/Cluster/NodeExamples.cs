using Repository.Api.Hosting;

namespace Repository.Api.Cluster;

/// <summary>Examples for the description of the API. The signature is genuine: an implementation can be tried against it.</summary>
internal static class NodeExamples
{
    private static readonly DateTimeOffset Date = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    private static readonly NodeView Alpha = new(
        UserClusterExamples.NodeId,
        "alpha",
        NodeView.Active,
        UserClusterExamples.Endpoints[1],
        UserClusterExamples.Endpoints[0],
        UserClusterExamples.Ck,
        UserClusterExamples.Sk,
        UserClusterExamples.DigSig,
        Date);

    public static object[] All { get; } =
    [
        new ClusterView(Alpha.NodeId, [Alpha]),
        Alpha,
        new JoinTokenView("rjt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", Date.AddHours(1)),
        new AdmitNodeRequest(Alpha.Name, Alpha.Ck, Alpha.Sk, Alpha.PublicEndpoint, Alpha.ClusterEndpoint, Alpha.DigSig),
        new UpdateNodeRequest(NodeView.Disabled),
    ];
}
