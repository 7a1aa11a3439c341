namespace Repository.Domain.Capabilities;

/// <summary>What a capability's signature is worth under the issuer's unrevoked keys.</summary>
public enum SignatureVerdict
{
    /// <summary>One of them made it.</summary>
    Valid,

    /// <summary>Some fit the algorithm, and none of them made it.</summary>
    Invalid,

    /// <summary>None fits the algorithm, so there is nothing to compare it with.</summary>
    NoKeyFits,
}
