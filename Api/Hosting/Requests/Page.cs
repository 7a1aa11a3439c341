namespace Repository.Api.Hosting;

/// <summary>A part of a list.</summary>
/// <param name="Items">What the part holds, in the list's order.</param>
/// <param name="Next">What to pass as <c>after</c> for the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
