using System.Runtime.InteropServices;
using Repository.Api.Hosting.Answers;

namespace Repository.Api.Hosting.Actions;

/// <summary>What a parameter was read as: a value, or what the request is refused with.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Argument(object? Value, Answer? Refusal)
{
    public static Argument Of(object? value) => new(value, null);

    public static Argument Refuse(Answer answer) => new(null, answer);
}
