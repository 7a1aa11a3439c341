using Repository.Domain.Resources;

namespace Repository.Api.Resources;

/// <summary>A login token, without its secret.</summary>
/// <param name="SourceId">Its name: the part of the token before the point.</param>
/// <param name="Label">As the owner wrote it; null where there is none.</param>
/// <param name="CreatedDate">When it was made.</param>
/// <param name="LastUsedDate">When it was last presented, to the minute; null where it never was.</param>
public sealed record LoginTokenView(string SourceId, string? Label, DateTimeOffset CreatedDate, DateTimeOffset? LastUsedDate)
{
    internal static LoginTokenView Of(LoginToken token) => new(
        Convert.ToHexStringLower(token.SourceId),
        token.Label,
        token.CreatedDate,
        token.LastUsedDate);
}

/// <summary>A login token in the one answer that shows it. No record: it would print its secret.</summary>
public sealed class CreatedLoginToken(string sourceId, string? label, string loginToken)
{
    /// <summary>Its name: the part of the token before the point.</summary>
    public string SourceId { get; } = sourceId;

    /// <summary>As the owner wrote it; null where there is none.</summary>
    public string? Label { get; } = label;

    /// <summary>What an instance sends as <c>Authorization: Bearer …</c>. It is not shown again.</summary>
    public string LoginToken { get; } = loginToken;

    public override string ToString() => SourceId;
}
