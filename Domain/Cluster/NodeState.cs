namespace Repository.Domain.Cluster;

/// <summary>What a node of this deployment may do; the numbers are those of the table.</summary>
public enum NodeState
{
    /// <summary>It has started and nobody has admitted it yet: it serves nothing.</summary>
    Waiting = 0,

    /// <summary>It serves.</summary>
    Active = 1,

    /// <summary>An administrator has cut it off: it serves nothing, and no join token lets it in again.</summary>
    Disabled = 2,
}
