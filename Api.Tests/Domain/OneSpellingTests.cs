using FsCheck;
using FsCheck.Fluent;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Domain;

/// <summary>Identifiers, dates and bytes have exactly one spelling each.</summary>
public sealed class OneSpellingTests
{
    private const string Identifier = "0123456789abcdef0123456789abcdef";

    private static readonly Gen<DateTimeOffset> Dates =
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select new DateTimeOffset((((long)high << 31) | (long)low) % DateTimeOffset.MaxValue.UtcTicks, TimeSpan.Zero);

    [Fact]
    public void An_identifier_is_its_bytes_in_lower_case_hex() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte>().ArrayOf(32).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (bytes, isShort) =>
        {
            var stored = isShort ? bytes[..16] : bytes;
            var loaded = HashIdentifier.Load(stored);
            var text = Convert.ToHexStringLower(stored);
            return string.Equals(loaded.ToString(), text, StringComparison.Ordinal)
                && HashIdentifier.TryParse(text, out var parsed)
                && parsed == loaded
                && parsed.GetHashCode() == loaded.GetHashCode()
                && parsed.ToByteArray().AsSpan().SequenceEqual(stored);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_thirty_two_and_sixty_four_digits_are_an_identifier() =>
        Assert.All(Enumerable.Range(0, 130), length =>
            Assert.Equal(length is 32 or 64, HashIdentifier.TryParse(new string('a', length), out _)));

    [Theory]
    [InlineData('A')]
    [InlineData('F')]
    [InlineData('g')]
    [InlineData('G')]
    [InlineData('-')]
    [InlineData(' ')]
    [InlineData('\0')]
    [InlineData('\n')]
    [InlineData('٣')]
    [InlineData('ａ')]
    public void An_identifier_with_another_character_anywhere_is_none(char character) =>
        Assert.All(Enumerable.Range(0, 32), position =>
        {
            var text = Identifier.Remove(position, 1).Insert(position, character.ToString());
            Assert.False(HashIdentifier.TryParse(text, out _));
            Assert.False(HashIdentifier.TryParse(Identifier + text, out _));
            Assert.Throws<FormatException>(() => HashIdentifier.Parse(text));
        });

    [Fact]
    public void A_short_identifier_is_not_the_long_one_that_begins_like_it() =>
        Assert.NotEqual(HashIdentifier.Load(new byte[16]), HashIdentifier.Load(new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(33)]
    public void Stored_bytes_of_another_length_are_a_bug(int length) =>
        Assert.Throws<ArgumentException>(() => HashIdentifier.Load(new byte[length]));

    [Fact]
    public void A_date_is_read_as_it_is_spelled_and_its_spellings_sort_like_time() =>
        Prop.ForAll(Dates.ToArbitrary(), Dates.ToArbitrary(), (one, other) =>
        {
            var text = Rfc3339Date.Spell(one);
            return text.Length == Rfc3339Date.Length
                && Rfc3339Date.TryParse(text, out var parsed)
                && parsed.Value == one
                && string.Equals(parsed.ToString(), text, StringComparison.Ordinal)
                && Math.Sign(string.CompareOrdinal(text, Rfc3339Date.Spell(other))) == one.CompareTo(other);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-11-21T19:19:00Z")]
    [InlineData("2026-11-21T19:19:00.123456Z")]
    [InlineData("2026-11-21T19:19:00.12345678Z")]
    [InlineData("2026-11-21T19:19:00.1234567")]
    [InlineData("2026-11-21T19:19:00.1234567z")]
    [InlineData("2026-11-21t19:19:00.1234567Z")]
    [InlineData("2026-11-21 19:19:00.1234567Z")]
    [InlineData("2026-11-21T19:19:00,1234567Z")]
    [InlineData("2026-11-21T19:19:00.1234567+00:00")]
    [InlineData("2026-11-21T20:19:00.123456+01:00")]
    [InlineData("2026-02-29T19:19:00.1234567Z")]
    [InlineData("2026-13-21T19:19:00.1234567Z")]
    [InlineData("2026-11-21T24:00:00.0000000Z")]
    [InlineData("2026-11-21T19:60:00.1234567Z")]
    [InlineData("2026-11-21T19:19:60.1234567Z")]
    [InlineData("0000-11-21T19:19:00.1234567Z")]
    [InlineData(" 2026-11-21T19:19:00.123456Z")]
    [InlineData("٢٠٢٦-11-21T19:19:00.1234567Z")]
    [InlineData("")]
    public void Another_spelling_of_a_date_is_none(string text) => Assert.False(Rfc3339Date.TryParse(text, out _));

    [Fact]
    public void Bytes_are_read_as_they_are_encoded_and_in_no_other_size() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var text = Convert.ToBase64String(bytes);
            return StrictBase64.TryDecode(text, bytes.Length, out var decoded)
                && decoded.AsSpan().SequenceEqual(bytes)
                && !StrictBase64.TryDecode(text, bytes.Length + 1, out _)
                && (bytes.Length == 0 || !StrictBase64.TryDecode(text, bytes.Length - 1, out _));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("AAECAwQFBgcICQoLDA0ODx==")] // Stray bits.
    [InlineData("AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw===")]
    [InlineData(" AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("AAECAwQFBgcI\nCQoLDA0ODw==")]
    [InlineData("AAECAwQFBgcICQoLDA0O\nw==")]
    [InlineData("AAECAwQFBgcICQoLDA0O_w==")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw=\0")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_spelling_of_sixteen_bytes_is_none(string? text) => Assert.False(StrictBase64.TryDecode(text, 16, out _));
}
