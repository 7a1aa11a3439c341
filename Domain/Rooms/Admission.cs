namespace Repository.Domain.Rooms;

/// <summary>How users come into a room. The numbers are stored.</summary>
public enum Admission
{
    /// <summary>Whoever asks is a member.</summary>
    Open = 0,

    /// <summary>Whoever asks waits until the owner says yes.</summary>
    Approval = 1,

    /// <summary>The owner invites; who asks uninvited is refused.</summary>
    Invitation = 2,
}

/// <summary>How an <see cref="Admission"/> is spelled in JSON.</summary>
public static class AdmissionText
{
    /// <summary>Reads a stranger's text. Never throws.</summary>
    public static bool TryParse(string? text, out Admission admission)
    {
        admission = text switch
        {
            "approval" => Admission.Approval,
            "invitation" => Admission.Invitation,
            _ => Admission.Open,
        };
        return text is "open" or "approval" or "invitation";
    }

    public static string Spell(Admission admission) => admission switch
    {
        Admission.Open => "open",
        Admission.Approval => "approval",
        Admission.Invitation => "invitation",
        _ => throw new ArgumentOutOfRangeException(nameof(admission), admission, "is none."),
    };
}
