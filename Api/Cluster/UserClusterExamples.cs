using Repository.Api.Hosting;

namespace Repository.Api.Cluster;

/// <summary>Examples for the description of the API. The signature is genuine: an implementation can be tried against it.</summary>
internal static class UserClusterExamples
{
    private const string ClusterId = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";
    private const string User = "3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667";
    internal const string NodeId = "d0d77027c7a1553028847c6b0389f3916c94448be07b8a85f82223d2d7394f4e";

    internal const string Ck =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA13YNnmmKirAmKKjxzwWm
        pT2ICC8DknY7v0JFhaWZLWWBmUBnWKlFtXcmxBQ+p3+9x6SMFa8TacgFO6zH5JAV
        0Xu+5O1JLZ8hM1EhTO2VNdoUeJu+tXPygrvuuWTaLhjCnPUPikUrFZt8cuAHz5do
        CrS2DV/CY3ExMYBVTPxCxviHJ8jraUmYJwPMFHaLbDRF38Ws8W+l37mqPeUK2tOw
        UcIjxCNsqHyPtY2Li7fdNfak8ovtK/AaY16h8PI6MMN7Cq+kfQTNtWCV/0+YpnEt
        Mpcg2sYqlrz/3yXe1fIVNc6OUEmeO7CsnGrWD1f4oGmeI37o4cSxdM7PME/wVMIj
        kQIDAQAB
        -----END PUBLIC KEY-----

        """;

    internal const string Sk =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAquQ7X8CdioI5vcRJfbKL
        jrn3GnSW83+VBsSQsKu2/17dVJ7eZK8jXp4DUsqNHs6Of4K01VqEpA6RbHsQDAFS
        TlrAdOaCVvctBhcttMhV/D6vZdU0ymIiYZrO3RBPUswx+/rWJ2Mp09gc3OFygqG7
        EhV05Q1HYSjv76hI6DRxvl0Thc+j7vM9sBy3tnd8xmqB2C7CmrimI081QgFityrd
        yR2DUOATqMqVdRYBa27/yrrNmUy5ffb+7vN0LFQNvUHF9scMYB/MzqRK1Yg/Fnf5
        Hg/2SDZTh03EjXZDqBJA7UaTwTjNAzMAe9bUp32AsdhTxFKASME0ytduqRKzwTHj
        8QIDAQAB
        -----END PUBLIC KEY-----

        """;

    internal const string DigSig =
        "YATGVyB8sE2o/ad1WEO1f9cnyTLGW3CswMgRGuA+SocElP7nQK07vUnEZzRwGPQslLx1rlNmQdKmuTYDWoEFPXuUmLnV6hHjSpMU"
        + "2C8lSr6+aTuIxBcbsqO6/ucNBtzCl4sf9Wt+/7Swm7dDx7ndvp4tbtYh8RRuagnEA7wUvegqKQOLfpMV0YGIlTu7cGljC/SBy4u9"
        + "IPD5StmSqEcPcOs0DViFhh3wNKXd+L2XS65voJfnrBbzilzNIJ1VMscLhIBoXxoCpTmxGog45YWjlP/lK0hlDWbiL+mq/qhp7SGE"
        + "A2ielIjNqTRQGxqvTptr3nn0KiD2zTjWaDdEu27GTA==";

    private static readonly DateTimeOffset Date = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    internal static readonly string[] Endpoints = ["alpha.example:9189", "alpha.example:443"];

    private static readonly UserClusterView Cluster = new(ClusterId, "presses", 8, 2, 0, 1, User, Date);

    private static readonly UserClusterMemberView Member = new(NodeId, "alpha", 0, Ck, Sk, Endpoints, DigSig, User, Date);

    public static object[] All { get; } =
    [
        new CreateClusterRequest("presses", 8, 2, 0),
        Cluster,
        new Page<UserClusterView>([Cluster], null),
        new JoinClusterRequest("alpha", Ck, Sk, Endpoints, DigSig, NodeId, 0),
        Member,
        new Page<UserClusterMemberView>([Member], null),
    ];
}
