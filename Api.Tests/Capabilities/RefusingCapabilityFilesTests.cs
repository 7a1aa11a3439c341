using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What makes a capability file malformed, each at its boundary; what is read is in <see cref="ReadingCapabilityFilesTests"/>.</summary>
public sealed class RefusingCapabilityFilesTests
{
    private const string Members = "The file must be an object of two members, content and verification.";
    private const string MachinesRule = "content.machines must be a whole number from 1 to 1,000,000.";
    private const string Twice = "No object may have two members of one name.";

    [Fact]
    public void Sixty_four_kibibytes_are_read_and_one_byte_more_is_not()
    {
        var padding = new string(' ', CapabilityFile.MaxSize - CapabilityText.File.Length);

        _ = Reading.Of(CapabilityText.File + padding);
        Assert.Equal("The file must be at most 65,536 bytes.", Reading.FlawOf(CapabilityText.File + padding + " "));
        Assert.Equal("The file must be at most 65,536 bytes.", Reading.FlawOf(new byte[10_000_000]));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"verification\":", "}")]
    public void Thirty_two_levels_are_read_and_one_more_is_not(string open, string close)
    {
        _ = Reading.Of(Nest(30)); // Under the file's object and the content's.
        Assert.Equal("The document must not be nested so deep.", Reading.FlawOf(Nest(31)));

        string Nest(int levels) => CapabilityText.With(
            $"\"x\":{string.Concat(Enumerable.Repeat(open, levels))}{(open[0] == '[' ? string.Empty : "0")}{string.Concat(Enumerable.Repeat(close, levels))}");
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_json_are_refused()
    {
        Assert.Equal("The document must not begin with a byte-order mark.", Reading.FlawOf("\ufeff" + CapabilityText.File));
        Assert.Equal("The document must be UTF-8.", Reading.FlawOf([.. CapabilityText.Utf8(CapabilityText.File), 0xFF]));
        Assert.All(
            ["", " ", CapabilityText.File[..^1], CapabilityText.File + "x", CapabilityText.File + CapabilityText.File, CapabilityText.File.Replace('"', '\'')],
            file => Assert.Equal("The document must be JSON, without comments, trailing commas or anything after it.", Reading.FlawOf(file)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"content\"")]
    [InlineData("{}")]
    [InlineData("{\"content\":" + CapabilityText.Content + "}")]
    [InlineData("{\"verification\":{}}")]
    public void Both_members_must_be_there(string file) => Assert.Equal(Members, Reading.FlawOf(file));

    [Theory]
    [InlineData("\"a\":0")]
    [InlineData("\"content2\":0")]
    [InlineData("\"x\":null")]
    [InlineData("\"\":{}")]
    [InlineData("\"Content\":{}")]
    public void A_third_member_is_refused_wherever_it_stands(string member)
    {
        Assert.Equal(Members, Reading.FlawOf($"{{{member},{CapabilityText.File[1..]}"));
        Assert.Equal(Members, Reading.FlawOf($"{CapabilityText.File[..^1]},{member}}}"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"eyJ9\"")]
    public void The_content_must_be_an_object(string content) => Assert.Equal("content must be an object.", Reading.FlawOf(CapabilityText.Of(content)));

    [Theory]
    [InlineData("issuerGuid")]
    [InlineData("softwareGuid")]
    [InlineData("userGuid")]
    public void An_identifier_has_one_spelling(string name)
    {
        var flaw = $"content.{name} must be 32 or 64 lower-case hex digits.";
        string[] wrong = ["\"\"", "5", "{}", "[]", "true", Text(31, 'a'), Text(33, 'a'), Text(63, 'a'), Text(65, 'a'), Text(32, 'A'), Text(64, 'g'), Text(32, 'é'), Text(16, 'é'), Text(60_000, 'a'), $"\"{new string('a', 31)}\\n\""];

        Assert.All(wrong, value => Assert.Equal(flaw, Reading.FlawOf(File(value))));
        _ = Reading.Of(File(Text(32, 'a')));
        _ = Reading.Of(File(Text(64, 'f')));
        _ = Reading.Of(File($"\"\\u0061{new string('a', 31)}\""));

        static string Text(int length, char character) => $"\"{new string(character, length)}\"";

        string File(string value) => CapabilityText.Of(name switch
        {
            "issuerGuid" => $"{{\"softwareGuid\":\"{CapabilityText.SoftwareGuid}\",\"issuerGuid\":{value}}}",
            "softwareGuid" => $"{{\"issuerGuid\":\"{CapabilityText.IssuerGuid}\",\"softwareGuid\":{value}}}",
            _ => $"{{{CapabilityText.Required},\"userGuid\":{value}}}",
        });
    }

    [Theory]
    [InlineData("issuerGuid", "{\"softwareGuid\":\"" + CapabilityText.SoftwareGuid + "\"}")]
    [InlineData("issuerGuid", "{\"issuerGuid\":null,\"softwareGuid\":\"" + CapabilityText.SoftwareGuid + "\"}")]
    [InlineData("softwareGuid", "{\"issuerGuid\":\"" + CapabilityText.IssuerGuid + "\"}")]
    [InlineData("softwareGuid", "{\"softwareGuid\":null,\"issuerGuid\":\"" + CapabilityText.IssuerGuid + "\"}")]
    public void Issuer_and_software_must_be_there(string name, string content) =>
        Assert.Equal($"content.{name} {HashIdentifier.Rule}", Reading.FlawOf(CapabilityText.Of(content)));

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("1e7")]
    [InlineData("2.5")]
    [InlineData("0.9")]
    [InlineData("1e300")]
    [InlineData("1e-300")]
    [InlineData("4294967297")]
    [InlineData("\"2\"")]
    [InlineData("[2]")]
    [InlineData("{}")]
    [InlineData("true")]
    public void Seats_are_a_whole_number_from_one_to_a_million(string literal) =>
        Assert.Equal(MachinesRule, Reading.FlawOf(CapabilityText.With($"\"machines\":{literal}")));

    [Theory]
    [InlineData("1e400", "No number may overflow a double.")]
    [InlineData("9007199254740993", "No integer may need more digits than a double holds; it can stand as a string.")]
    [InlineData("\"\\ud800\"", "No string may hold half of a surrogate pair.")]
    [InlineData("\"\\udc00\"", "No string may hold half of a surrogate pair.")]
    [InlineData("{\"\\ud800\":0}", "No string may hold half of a surrogate pair.")]
    [InlineData("{\"\\udc00\":0}", "No string may hold half of a surrogate pair.")]
    [InlineData("{\"a\":0,\"b\":0,\"a\":0}", Twice)]
    [InlineData("[[{\"a\":0,\"\\u0061\":0}]]", Twice)]
    public void What_two_readers_could_take_differently_is_refused_in_the_issuers_own_members_too(string value, string flaw) =>
        Assert.Equal(flaw, Reading.FlawOf(CapabilityText.With($"\"own\":{value}")));

    [Fact]
    public void A_name_twice_is_refused_on_every_level() =>
        Assert.All(
            [
                $"{CapabilityText.File[..^1]},\"content\":{CapabilityText.Content}}}",
                $"{CapabilityText.File[..^1]},\"verific\\u0061tion\":{CapabilityText.Verification}}}",
                CapabilityText.Of(CapabilityText.Content, $"{CapabilityText.Verification[..^1]},\"\\u0061lgorithm\":\"EdDSA\"}}"),
                CapabilityText.Of(CapabilityText.Content, $"{CapabilityText.Verification[..^1]},\"signature\":\"AA==\"}}"),
                CapabilityText.With($"\"issuer\\u0047uid\":\"{CapabilityText.IssuerGuid}\""),
                CapabilityText.With("\"machines\":1,\"machines\":1"),
            ],
            file => Assert.Equal(Twice, Reading.FlawOf(file)));

    [Theory]
    [InlineData("notBefore")]
    [InlineData("notAfter")]
    public void A_date_is_a_date(string name) =>
        Assert.All(
            ["\"\"", "0", "1795000000", "\"2026-11-21\"", "\"2026-11-21T19:19:00\"", "\"tomorrow\"", "{}", "false", "\"2026-11-21T19:19:00Z\\n\""],
            value => Assert.Equal($"content.{name} {Rfc3339OffsetDate.Rule}", Reading.FlawOf(CapabilityText.With($"\"{name}\":{value}"))));
}
