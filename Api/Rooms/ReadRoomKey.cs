using System.Globalization;
using System.Runtime.InteropServices;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <summary>An epoch in a path: its number, or <c>current</c>.</summary>
/// <param name="Number">Null for the present one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EpochName(long? Number) : ICanonicalText<EpochName>
{
    public static string Rule => "must be a whole number in decimal digits, or current.";

    public static bool TryParse(ReadOnlySpan<char> text, out EpochName value)
    {
        // The parser skips leading zeros and trailing NULs: neither is the number's one spelling.
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (text[0] != '0' || text.Length == 1)
            && text[^1] != '\0';
        value = new EpochName(isNumber ? number : null);
        return isNumber || text is "current";
    }
}

/// <summary>
/// Gives a member the key that was wrapped for it. There is none of epochs before its latest joining: they began without it, or went
/// when it left.
/// </summary>
internal sealed class ReadRoomKey(Database database)
{
    private static readonly Statement Select = new(
        """
        SELECT k.epoch, k.wrapped_key
        FROM room_members m
        JOIN rooms r ON r.room_id = m.room_id AND NOT r.is_deleted
        JOIN room_keys k ON k.room_id = m.room_id AND k.user_guid = m.user_guid AND k.epoch = COALESCE($1, r.epoch)
        WHERE m.room_id = $2 AND m.user_guid = $3 AND m.state = 1
        """);

    public async Task<Answer> ExecuteAsync(RoomId room, HashIdentifier user, EpochName epoch, CancellationToken ct)
    {
        var rows = await database.QueryAsync(Select, [SqlValue.Of(epoch.Number), SqlValue.Of(room), SqlValue.Of(user)], ct);
        if (rows is [var row])
        {
            return Answer.Ok(new RoomKeyView(row.Number(0), Convert.ToBase64String(row.Bytes(1))));
        }

        return Answer.Refuse(await database.ReadStandingAsync(room, user, ct) switch
        {
            null => ApiProblem.RoomUnknown,
            { IsMember: true } => ApiProblem.EpochUnknown,
            _ => ApiProblem.Forbidden,
        });
    }
}
