namespace Repository.Domain.Machines;

/// <summary>Whether a machine may verify; the numbers are those of the contract and of the table.</summary>
public enum HashState
{
    /// <summary>Refused by an administrator.</summary>
    Disabled = 0,

    /// <summary>Verifies as long as its date matches.</summary>
    Enabled = 1,
}
