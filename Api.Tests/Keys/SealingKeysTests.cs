using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>X25519 and nothing else.</summary>
public sealed class SealingKeysTests
{
    private const string Header = "302a300506032b656e032100";

    public static TheoryData<string> OtherKinds =>
    [
        OpenSslKeys.Ed25519, OpenSslKeys.Rsa2048, OpenSslKeys.Rsa2048Pkcs1, OpenSslKeys.P256, RefusedOpenSslKeys.X448, RefusedOpenSslKeys.Ed448,
        RefusedOpenSslKeys.DiffieHellman, RefusedOpenSslKeys.Certificate, RefusedOpenSslKeys.Ed25519Private, string.Empty, "no key",
    ];

    [Fact]
    public void A_key_is_read_stored_and_written()
    {
        Assert.True(SealingPublicKey.TryParsePem(OpenSslKeys.X25519, out var key));
        var loaded = SealingPublicKey.Load(key.Spki);

        Assert.All([key, loaded], sealing =>
        {
            Assert.Equal(OpenSslKeys.Der(OpenSslKeys.X25519), sealing.Spki);
            Assert.Equal(OpenSslKeys.Der(OpenSslKeys.X25519).AsSpan(12), sealing.Bytes);
            Assert.Equal(SHA256.HashData(sealing.Spki), sealing.Hash);
            Assert.Equal(OpenSslKeys.X25519, sealing.ToPem());
        });
    }

    [Fact]
    public void The_empty_label_is_taken()
    {
        Assert.True(SealingPublicKey.TryParsePem(OpenSslKeys.UnderEmptyLabel(OpenSslKeys.X25519), out var key));
        Assert.Equal(OpenSslKeys.X25519, key.ToPem());
    }

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public void Anything_else_is_refused(string pem)
    {
        Assert.False(SealingPublicKey.TryParsePem(pem, out var key));
        Assert.Null(key);
    }

    [Fact]
    public void Another_label_or_length_is_refused()
    {
        var spki = OpenSslKeys.Der(OpenSslKeys.X25519);

        Assert.False(SealingPublicKey.TryParsePem(null, out _));
        Assert.False(SealingPublicKey.TryParsePem(OpenSslKeys.Pem("RSA PUBLIC KEY", spki), out _));
        Assert.False(SealingPublicKey.TryParsePem(OpenSslKeys.Pem("X25519 PUBLIC KEY", spki), out _));
        Assert.False(SealingPublicKey.TryParsePem(OpenSslKeys.Pem("PUBLIC KEY", [.. spki, 0]), out _));
        Assert.All(
            Enumerable.Range(0, spki.Length),
            length => Assert.False(SealingPublicKey.TryParsePem(OpenSslKeys.Pem("PUBLIC KEY", spki.AsSpan(0, length)), out _)));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // Of order 2 and 4,
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")] // of order 8,
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // and of order 4 on the twist.
    public void A_point_of_low_order_is_refused(string point) => Assert.False(IsTaken(Convert.FromHexString(point)));

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p + 1
    [InlineData("f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p + 9: the base point.
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // 2^255 - 1
    [InlineData("0900000000000000000000000000000000000000000000000000000000000080")] // 2^255 + 9: the base point too.
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_second_spelling_is_refused(string point) => Assert.False(IsTaken(Convert.FromHexString(point)));

    [Theory]
    [InlineData("0900000000000000000000000000000000000000000000000000000000000000")] // The base point.
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // On the twist, which X25519 takes as well.
    [InlineData("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p - 2: the largest number that is of use.
    [InlineData("edfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7f")] // Below p by a byte in the middle.
    public void The_only_spelling_is_taken(string point) => Assert.True(IsTaken(Convert.FromHexString(point)));

    [Fact]
    public void A_row_that_holds_no_such_key_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => SealingPublicKey.Load([]));
        Assert.Throws<ArgumentException>(() => SealingPublicKey.Load(OpenSslKeys.Der(OpenSslKeys.Ed25519)));
    }

    private static bool IsTaken(ReadOnlySpan<byte> point) =>
        SealingPublicKey.TryParsePem(OpenSslKeys.Pem("PUBLIC KEY", [.. Convert.FromHexString(Header), .. point]), out _);
}
