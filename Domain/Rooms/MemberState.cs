namespace Repository.Domain.Rooms;

/// <summary>What a user is to a room. The numbers are stored. Only a member has a place, keys, and something to read.</summary>
public enum MemberState
{
    Member = 1,

    /// <summary>Asked, and waits for the owner.</summary>
    Pending = 2,

    /// <summary>Was asked, and has not come.</summary>
    Invited = 3,
}

/// <summary>How a <see cref="MemberState"/> is spelled in JSON.</summary>
public static class MemberStateText
{
    public static string Spell(MemberState state) => state switch
    {
        MemberState.Member => "member",
        MemberState.Pending => "pending",
        MemberState.Invited => "invited",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "is none."),
    };
}
