using System.Runtime.InteropServices;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;

namespace Repository.Api.Rooms;

/// <summary>What became of a call on a room: what it was made for, or the problem that it is refused with.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RoomOutcome<T>
    where T : class
{
    private RoomOutcome(T? value, ApiProblem? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T? Value { get; }

    public ApiProblem? Refusal { get; }

    public static implicit operator RoomOutcome<T>(T value) => new(value, null);

    public static implicit operator RoomOutcome<T>(ApiProblem refusal) => new(null, refusal);

    /// <summary>The refusal, or what the value is answered with.</summary>
    public Answer ToAnswer(Func<T, Answer> answer) => Value is { } value ? answer(value) : Answer.Refuse(Refusal!);
}
