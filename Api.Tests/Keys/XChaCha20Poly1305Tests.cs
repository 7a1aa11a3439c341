using System.Text;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>draft-irtf-cfrg-xchacha-03, appendix A.3.1: the published vector.</summary>
public sealed class XChaCha20Poly1305Tests
{
    private const string Plaintext =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";

    private static readonly byte[] Key = Convert.FromHexString("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    private static readonly byte[] Nonce = Convert.FromHexString("404142434445464748494a4b4c4d4e4f5051525354555657");
    private static readonly byte[] AssociatedData = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");

    private static readonly byte[] Ciphertext = Convert.FromHexString(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
        + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
        + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        + "21f9664c97637da9768812f615c68b13b52e");

    private static readonly byte[] Tag = Convert.FromHexString("c0875924c1c7987947deafd8780acf49");

    private static byte[] Box => [.. Nonce, .. Ciphertext, .. Tag];

    [Fact]
    public void The_published_vector_opens()
    {
        Assert.True(XChaCha20Poly1305.TryOpen(Key, Box, AssociatedData, out var opened));
        Assert.Equal(Plaintext, Encoding.ASCII.GetString(opened));
    }

    [Fact]
    public void The_published_vector_with_any_bit_flipped_stays_shut()
    {
        var box = Box;
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(XChaCha20Poly1305.TryOpen(Key, box, AssociatedData, out _));
            box[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(XChaCha20Poly1305.TryOpen(Key, box, AssociatedData, out _));
    }

    [Fact]
    public void The_published_vector_of_any_shorter_length_stays_shut() =>
        Assert.All(Enumerable.Range(0, Box.Length), length => Assert.False(XChaCha20Poly1305.TryOpen(Key, Box.AsSpan(0, length), AssociatedData, out _)));

    [Fact]
    public void The_published_vector_stays_shut_with_other_associated_data()
    {
        Assert.False(XChaCha20Poly1305.TryOpen(Key, Box, [], out _));
        Assert.False(XChaCha20Poly1305.TryOpen(Key, Box, [.. AssociatedData, 0], out _));
        Assert.False(XChaCha20Poly1305.TryOpen(Key, Box, AssociatedData.AsSpan(1), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_size_is_a_mistake_of_the_caller(int size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => XChaCha20Poly1305.Seal(new byte[size], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => XChaCha20Poly1305.TryOpen(new byte[size], Box, [], out _));
    }
}
