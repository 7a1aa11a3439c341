using System.Globalization;

namespace Repository.Api.Hosting.Answers;

/// <summary>
/// Strong entity tags (RFC 9110, 8.8.3). They stand for a revision that rises with every change, so that two states of one thing never
/// have the same.
/// </summary>
internal static class EntityTag
{
    public static string Of(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
}
