using System.Security.Cryptography;

namespace Repository.Infrastructure.Signals;

/// <summary>
/// What nodes send each other by NOTIFY, as base64:
/// <code>
/// notification := sender (16, drawn at its start) | topics
/// topics       := count × ( size (1) | topic (17 or 33) ), or nothing: everyone is to look
/// </code>
/// PostgreSQL takes 7,999 bytes; one holds up to 170 topics, which are 7,752 at the most.
/// </summary>
internal static class Notification
{
    public const int MaxTopics = 170;

    private const int SenderSize = 16;

    /// <summary>Draws a sender's name.</summary>
    public static byte[] DrawSender() => RandomNumberGenerator.GetBytes(SenderSize);

    /// <param name="sender">Who sends it.</param>
    /// <param name="topics">At most <see cref="MaxTopics"/>; none for everyone.</param>
    public static string Write(byte[] sender, IEnumerable<Topic> topics)
    {
        var bytes = new List<byte>(sender);
        foreach (var topic in topics)
        {
            var name = topic.ToByteArray();
            bytes.Add((byte)name.Length);
            bytes.AddRange(name);
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>Reads one.</summary>
    /// <returns>Null when it is the node's own, which told its waiters already; no topics when everyone is to look, or when it cannot be read.</returns>
    public static IReadOnlyList<Topic>? Read(byte[] self, string payload)
    {
        var bytes = new byte[payload.Length];
        if (!Convert.TryFromBase64String(payload, bytes, out var size) || size < SenderSize)
        {
            return [];
        }

        var rest = bytes.AsSpan(SenderSize, size - SenderSize);
        if (bytes.AsSpan(0, SenderSize).SequenceEqual(self))
        {
            return null;
        }

        var topics = new List<Topic>();
        while (!rest.IsEmpty)
        {
            if (rest.Length <= rest[0] || !Topic.TryLoad(rest.Slice(1, rest[0]), out var topic))
            {
                return []; // Of a newer version: whatever it means, to look again is right.
            }

            topics.Add(topic);
            rest = rest[(1 + rest[0])..];
        }

        return topics;
    }
}
