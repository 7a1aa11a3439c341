using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>What both calls about a machine answer: a status, and the date that the machine holds from now on.</summary>
internal static class MachineAnswer
{
    /// <summary>Stores the new date with the machine.</summary>
    /// <returns>The length of the answer, or 0 when it is not complete yet.</returns>
    public static int Read(Span<byte> received, int expectedStatus, Span<byte> date)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        var member = "\"lastAccessedDate\":\""u8;
        var at = answer.Body.IndexOf(member);
        if (answer.Status != expectedStatus || at < 0 || answer.Body.Length < at + member.Length + MachinePool.DateBytes)
        {
            throw UnexpectedAnswerException.For($"{expectedStatus} with lastAccessedDate", received);
        }

        var newDate = answer.Body.Slice(at + member.Length, MachinePool.DateBytes);
        if (newDate.SequenceEqual(date))
        {
            throw UnexpectedAnswerException.For("a new date", received);
        }

        newDate.CopyTo(date);
        return answer.Length;
    }
}
