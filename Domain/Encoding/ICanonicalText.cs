namespace Repository.Domain.Encoding;

/// <summary>A value with exactly one spelling: text that differs from it in any way is refused, so equal values are equal texts.</summary>
/// <typeparam name="TSelf">The value itself.</typeparam>
public interface ICanonicalText<TSelf>
    where TSelf : struct, ICanonicalText<TSelf>
{
    /// <summary>What the text must be, as the end of a sentence that begins with the member's name.</summary>
    static abstract string Rule { get; }

    /// <summary>Reads a stranger's text. Never throws.</summary>
    static abstract bool TryParse(ReadOnlySpan<char> text, out TSelf value);
}
