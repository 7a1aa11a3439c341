using System.Globalization;
using FluentValidation;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.Requests;

/// <summary>Rules that validators share.</summary>
internal static class Rules
{
    /// <summary>The text is the one spelling of a value; null is left to whether the member is optional.</summary>
    public static IRuleBuilderOptions<T, string?> Spells<T, TValue>(this IRuleBuilder<T, string?> rule)
        where TValue : struct, ICanonicalText<TValue> =>
        rule.Must(static text => text is null || TValue.TryParse(text, out _)).WithMessage(TValue.Rule);

    /// <summary>The text is strict base64 of exactly this many bytes; null is left to whether the member is optional.</summary>
    public static IRuleBuilderOptions<T, string?> IsBase64<T>(this IRuleBuilder<T, string?> rule, int size) =>
        rule.Must(text => text is null || StrictBase64.TryDecode(text, size, out _)).WithMessage($"must be base64 of {size} bytes.");

    /// <summary>The text is strict base64 of at least one byte and at most this many; null is left to whether the member is optional.</summary>
    public static IRuleBuilderOptions<T, string?> IsBase64UpTo<T>(this IRuleBuilder<T, string?> rule, int maxSize) =>
        rule.Must(text => text is null || StrictBase64.TryDecodeUpTo(text, maxSize, out _)).WithMessage($"must be base64 of 1 to {maxSize} bytes.");

    /// <summary>
    /// The text has so many characters, which are Unicode scalar values, and none of them is U+0000, which PostgreSQL cannot hold; null is
    /// left to whether the member is optional.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> HasCharacters<T>(this IRuleBuilder<T, string?> rule, int min, int max) => rule
        .Must(text => text is null
            || (!text.Contains('\0', StringComparison.Ordinal) && text.EnumerateRunes().Count() is var count && count >= min && count <= max))
        .WithMessage(string.Create(CultureInfo.InvariantCulture, $"must be {min} to {max:N0} characters, without U+0000."));
}
