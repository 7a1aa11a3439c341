using System.Security.Cryptography;
using System.Text;
using Repository.Api.Tests.Domain;
using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What a capability file says (design/formats.md, Capability file); what it may not say is in <see cref="RefusingCapabilityFilesTests"/>.</summary>
public sealed class ReadingCapabilityFilesTests
{
    [Fact]
    public void Every_member_is_read()
    {
        var capability = Reading.Of(CapabilityText.With(
            $"\"userGuid\":\"{CapabilityText.SoftwareGuid}\",\"machines\":25,\"notBefore\":\"2026-11-21T20:19:00.5+01:00\",\"notAfter\":\"2027-11-21T19:19:00Z\""));

        Assert.Equal(HashIdentifier.Parse(CapabilityText.IssuerGuid), capability.IssuerGuid);
        Assert.Equal(HashIdentifier.Parse(CapabilityText.SoftwareGuid), capability.SoftwareGuid);
        Assert.Equal(HashIdentifier.Parse(CapabilityText.SoftwareGuid), capability.UserGuid);
        Assert.Equal(25, capability.Machines);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 19, 19, 0, 500, TimeSpan.Zero), capability.NotBefore);
        Assert.Equal(TimeSpan.Zero, capability.NotBefore!.Value.Offset);
        Assert.Equal(new DateTimeOffset(2027, 11, 21, 19, 19, 0, TimeSpan.Zero), capability.NotAfter);
        Assert.Equal(SignatureAlgorithm.EdDSA, capability.Algorithm);
        Assert.Equal(CapabilityText.Signature, Convert.ToBase64String(capability.Signature.Span));
    }

    [Theory]
    [InlineData(CapabilityText.Content)]
    [InlineData($"{{{CapabilityText.Required},\"userGuid\":null,\"machines\":null,\"notBefore\":null,\"notAfter\":null}}")]
    public void Without_the_optional_members_or_with_null_it_is_for_anyone_at_any_time_on_one_machine(string content)
    {
        var capability = Reading.Of(CapabilityText.Of(content));

        Assert.Null(capability.UserGuid);
        Assert.Equal(1, capability.Machines);
        Assert.Null(capability.NotBefore);
        Assert.Null(capability.NotAfter);
    }

    [Fact]
    public void The_capability_guid_is_the_hash_of_the_canonical_content_and_the_signed_bytes_are_a_label_and_it()
    {
        const string Canonical = $"{{\"a\":[1,1e+30],{CapabilityText.Required},\"é\":{{\"x\":null}}}}";
        const string Received = $$"""{ "é": {"x" : null}, "softwareGuid" : "{{CapabilityText.SoftwareGuid}}", "issuer\u0047uid":"{{CapabilityText.IssuerGuid}}", "\u0061":[1.0,1E30]}""";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Canonical));

        var capability = Reading.Of(CapabilityText.Of(Received));

        Assert.Equal(Convert.ToHexStringLower(hash), capability.CapabilityGuid.ToString());
        Assert.Equal([.. "repository-capability-v1\0"u8, .. hash], capability.SignedBytes.ToArray());
        Assert.Equal(57, capability.SignedBytes.Length);
    }

    [Fact]
    public void Text_is_not_normalised() =>
        Assert.NotEqual(
            Reading.Of(CapabilityText.With("\"x\":\"\u00e9\"")).CapabilityGuid,
            Reading.Of(CapabilityText.With("\"x\":\"e\u0301\"")).CapabilityGuid);

    [Fact]
    public void Another_signature_of_the_same_content_is_the_same_capability() =>
        Assert.Equal(
            Reading.Of(CapabilityText.File).CapabilityGuid,
            Reading.Of(CapabilityText.Of(CapabilityText.Content, """{"algorithm":"PS256","signature":"AA=="}""")).CapabilityGuid);

    [Theory]
    [InlineData("EdDSA", SignatureAlgorithm.EdDSA)]
    [InlineData("RS256", SignatureAlgorithm.RS256)]
    [InlineData("PS256", SignatureAlgorithm.PS256)]
    [InlineData("ES256", SignatureAlgorithm.ES256)]
    [InlineData("\\u0045S256", SignatureAlgorithm.ES256)]
    public void Four_algorithms_are_known(string name, SignatureAlgorithm expected) =>
        Assert.Equal(expected, Reading.Of(CapabilityText.Of(CapabilityText.Content, $"{{\"signature\":\"AA==\",\"algorithm\":\"{name}\"}}")).Algorithm);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("2.0", 2)]
    [InlineData("2e0", 2)]
    [InlineData("20E-1", 2)]
    [InlineData("1000000", 1_000_000)]
    [InlineData("1e6", 1_000_000)]
    [InlineData("1.00000000000000000001", 1)] // The nearest double.
    public void Seats_are_the_number_however_it_is_spelled(string literal, int expected) =>
        Assert.Equal(expected, Reading.Of(CapabilityText.With($"\"machines\":{literal}")).Machines);

    [Theory]
    [InlineData("\"verification\":{\"algorithm\":\"none\",\"signature\":[],\"third\":1}")]
    [InlineData("\"content\":{\"issuerGuid\":5}")]
    [InlineData("\"nested\":[{\"machines\":0,\"notAfter\":true,\"userGuid\":{}}]")]
    [InlineData("\"Machines\":0,\"notafter\":1,\"\":\"\"")]
    [InlineData("\"x\":9007199254740992,\"y\":-0,\"z\":\"\\ud83d\\ude00\"")]
    public void Everything_else_in_the_content_is_the_issuers_own(string members) => _ = Reading.Of(CapabilityText.With(members));

    [Fact]
    public void An_end_before_the_beginning_is_readable()
    {
        var capability = Reading.Of(CapabilityText.With("\"notBefore\":\"2027-01-01T00:00:00Z\",\"notAfter\":\"2026-01-01T00:00:00Z\""));

        Assert.True(capability.NotBefore > capability.NotAfter);
    }

    [Fact]
    public void Order_white_space_escapes_and_spellings_of_numbers_make_no_other_capability()
    {
        var dice = new Dice();
        for (var round = 0; round < 500; round++)
        {
            (string Name, double Number)[] members = [.. Enumerable.Range(0, 8).Select(i => ($"m{i}\"é😀\u001f{(char)(0xE000 + i)}", dice.Next(1_000_000) / 64.0))];

            var one = Reading.Of(Spell());
            dice.Shuffle<(string, double)>(members);
            var other = Reading.Of(Spell());

            Assert.True(one.CapabilityGuid == other.CapabilityGuid, dice.ToString());

            string Spell() => CapabilityText.Of(
                $"{{{string.Join(dice.Pick<string>([",", " , ", "\n,\t"]), members.Select(member => $"{RandomJson.Quote(dice, member.Name)}:{RandomJson.Spell(dice, member.Number)}"))}"
                + $",{RandomJson.Quote(dice, "softwareGuid")}:\"{CapabilityText.SoftwareGuid}\",{RandomJson.Quote(dice, "issuerGuid")} : {RandomJson.Quote(dice, CapabilityText.IssuerGuid)}}}");
        }
    }

    [Fact]
    public void A_capability_guid_is_sixty_four_lower_case_digits_and_nothing_else()
    {
        var guid = Reading.Of(CapabilityText.File).CapabilityGuid;
        var text = guid.ToString();

        Assert.True(CapabilityGuid.TryParse(text, out var parsed));
        Assert.Equal(guid, parsed);
        Assert.Equal(guid, CapabilityGuid.Load(guid.ToByteArray()));
        Assert.Equal(guid.GetHashCode(), parsed.GetHashCode());
        Assert.True(parsed != CapabilityGuid.Load(new byte[32]));
        Assert.All(["", text[..32], text[1..], text + "0", text.ToUpperInvariant(), text[1..] + "g", " " + text[1..]], wrong => Assert.False(CapabilityGuid.TryParse(wrong, out _)));
        Assert.All([0, 16, 31, 33], length => Assert.ThrowsAny<ArgumentException>(() => CapabilityGuid.Load(new byte[length])));
    }
}
