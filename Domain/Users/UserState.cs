namespace Repository.Domain.Users;

/// <summary>Whether a user may act; the numbers are those of the contract and of the table.</summary>
public enum UserState
{
    /// <summary>Refused by itself or by an administrator: nothing that it signed is valid, and no session of it goes on.</summary>
    Disabled = 0,

    /// <summary>May sign and open sessions.</summary>
    Enabled = 1,
}
