using System.Security.Cryptography;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Keys;
using Repository.Domain.Cluster;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Cluster;

/// <summary>What a member of a cluster signs, and what its parts may be (docs/formats.md, Cluster).</summary>
public sealed class MemberDescriptorsTests
{
    private static readonly MemberKey Key = Parse(OpenSslKeys.Rsa2048);

    [Fact]
    public void A_member_signs_the_bytes_that_others_compute()
    {
        // By a program in another language, from the formats' page alone.
        Assert.Equal("47e78b36048624e0adcb56dd926975081fd2eb2d1b7d1bd9811cf8bbf4b054c6", Key.NodeId.ToString());
        Assert.Equal(
            "f1747d794b478568d5ba1dd8f8089f3613bee94fbd636b2fb67fa1c6c4e87ddc",
            HashOf(new(MemberName.Parse("alpha_1"), Key.NodeId, 0, Key, Key, [At("node1:9189"), At("example.org:443")])));
        Assert.Equal(
            "cf77d4c702db488424cbd160627761fb9edf450ae15d569fabb198efdb99e546",
            HashOf(new(MemberName.Parse("B"), NodeId.Load([.. Enumerable.Range(0, 20).Select(i => (byte)i)]), MemberDescriptor.MaxAttrs, Key, Key, [At("[::1]:1")])));
    }

    [Fact]
    public void A_signature_holds_for_one_descriptor_only()
    {
        var pair = TestKey.Make(SigningKeyKind.Rsa);
        var sk = Parse(pair.Pem);
        var signed = new MemberDescriptor(MemberName.Parse("a"), sk.NodeId, 1, Key, sk, [At("h:1"), At("h:2")]);
        var digSig = pair.Sign(signed.ToSignedBytes());

        Assert.True(signed.IsSignedWith(digSig));
        Assert.All(
            [
                signed with { Name = MemberName.Parse("b") },
                signed with { NodeId = NodeId.Load(new byte[20]) },
                signed with { Attrs = 2 },
                signed with { Ck = sk },
                signed with { Sk = Key },
                signed with { Endpoints = [At("h:2"), At("h:1")] },
                signed with { Endpoints = [At("h:1")] },
            ],
            other => Assert.False(other.IsSignedWith(digSig)));
        Assert.All([[], digSig[1..], [.. digSig, 0]], other => Assert.False(signed.IsSignedWith(other)));
        Assert.False(signed.IsSignedWith(pair.Sign(SignatureAlgorithm.PS256, signed.ToSignedBytes())));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(3072, true)]
    [InlineData(2056, false)]
    [InlineData(4096, false)]
    public void A_member_has_rsa_keys_of_two_sizes(int bits, bool isTaken) =>
        Assert.Equal(isTaken, MemberKey.TryParsePem(TestKey.Make(SigningKeyKind.Rsa, bits).Pem, out _));

    [Fact]
    public void A_member_has_no_other_kind_of_key() => Assert.All(
        [OpenSslKeys.Ed25519, OpenSslKeys.P256, OpenSslKeys.X25519, string.Empty, "key"],
        pem => Assert.False(MemberKey.TryParsePem(pem, out _)));

    [Fact]
    public void An_id_is_20_bytes_or_32_in_lower_case_hex()
    {
        Assert.All(Enumerable.Range(0, 130), length => Assert.Equal(length is 40 or 64, NodeId.TryParse(new string('a', length), out _)));
        Assert.All("ABFGg- \0\n٣ａ", other => Assert.False(NodeId.TryParse(new string('1', 39) + other, out _)));
        Assert.Equal(NodeId.Load(new byte[20]), NodeId.TryParse(new string('0', 40), out var id) ? id : default);
        Assert.Equal(new byte[20], id.ToByteArray());
        Assert.All([0, 19, 21, 31, 33], size => Assert.Throws<ArgumentException>(() => NodeId.Load(new byte[size])));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("_", true)]
    [InlineData("Z9_z", true)]
    [InlineData("", false)]
    [InlineData("9a", false)]
    [InlineData("a-b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void A_name_begins_with_a_letter_or_an_underscore(string text, bool isName) => Assert.Equal(isName, MemberName.TryParse(text, out _));

    [Fact]
    public void A_name_is_at_most_128_characters_and_never_like_an_id() => Assert.All(
        Enumerable.Range(1, 130),
        length =>
        {
            Assert.Equal(length <= 128 && length is not (40 or 64), MemberName.TryParse(new string('a', length), out _));
            Assert.Equal(length <= 128 && length is not (40 or 64), MemberName.TryParse(new string('F', length), out _));
            Assert.Equal(length <= 128, MemberName.TryParse(new string('g', length), out _));
        });

    [Theory]
    [InlineData("localhost:1")]
    [InlineData("a.example.org:65535")]
    [InlineData("node_1:9189")]
    [InlineData("1.example:80")]
    [InlineData("192.0.2.1:443")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("xn--bcher-kva.example:443")]
    public void An_endpoint_is_a_host_and_a_port(string text) => Assert.Equal(text, At(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData(":1")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:01")]
    [InlineData("host:+1")]
    [InlineData("host:65536")]
    [InlineData("host:99999999999999999999")]
    [InlineData("host:1 ")]
    [InlineData("host:1\0")]
    [InlineData(" host:1")]
    [InlineData("ho st:1")]
    [InlineData("hôst:1")]
    [InlineData("host/x:1")]
    [InlineData("user@host:1")]
    [InlineData("http://host:1")]
    [InlineData("host.:1")]
    [InlineData("a..b:1")]
    [InlineData("-a:1")]
    [InlineData("a-:1")]
    [InlineData("1:1")]
    [InlineData("1.2.3:1")]
    [InlineData("1.2.3.256:1")]
    [InlineData("1.2.3.04:1")]
    [InlineData("::1:1")]
    [InlineData("[::1]")]
    [InlineData("[::1:1")]
    [InlineData("[127.0.0.1]:1")]
    [InlineData("[fe80::1%eth0]:1")]
    [InlineData("[::1]]:1")]
    public void Anything_else_is_no_endpoint(string text) => Assert.False(MemberEndpoint.TryParse(text, out _));

    [Fact]
    public void An_endpoint_has_at_most_255_characters()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('a', 61), 4)); // 247 characters.

        Assert.True(MemberEndpoint.TryParse($"{host}.abcde:1", out _));
        Assert.False(MemberEndpoint.TryParse($"{host}.abcdef:1", out _));
        Assert.True(MemberEndpoint.TryParse($"{new string('a', 253)}:1", out _)); // The contract limits the whole, not its labels.
        Assert.False(MemberEndpoint.TryParse($"{new string('a', 254)}:1", out _));
    }

    private static MemberEndpoint At(string text) => MemberEndpoint.Parse(text);

    private static MemberKey Parse(string pem) => MemberKey.TryParsePem(pem, out var key) ? key : throw new FormatException("No key.");

    private static string HashOf(MemberDescriptor descriptor) => Convert.ToHexStringLower(SHA256.HashData(descriptor.ToSignedBytes()));
}
