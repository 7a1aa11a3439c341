using System.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>A peer answered something else than what is measured: the figure would be worthless, so the run ends.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message)
{
    private const int ShownBytes = 600;

    public static UnexpectedAnswerException For(string expected, ReadOnlySpan<byte> received) =>
        new($"Expected {expected}, received: {Encoding.Latin1.GetString(received[..Math.Min(received.Length, ShownBytes)])}");
}
