using System.Security.Cryptography;
using System.Text;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>Keys with something changed at random: read or refused, never an exception, and what is read is a key in its one spelling.</summary>
public sealed class MutatedKeysTests
{
    private const int Mutations = 12_500;

    private static readonly byte[] Garbage = Encoding.ASCII.GetBytes("-----BEGIN END PUBLIC KEYRSA\r\n\t =AQ/+0");

    public static TheoryData<string> Originals =>
    [
        OpenSslKeys.Ed25519, OpenSslKeys.X25519, OpenSslKeys.Rsa2048, OpenSslKeys.Rsa2048Pkcs1, OpenSslKeys.Rsa2048Exponent3,
        OpenSslKeys.P256, OpenSslKeys.P256Compressed, OpenSslKeys.P256Explicit,
    ];

    [Theory]
    [MemberData(nameof(Originals))]
    public void Changed_DER_is_read_or_refused(string pem)
    {
        var der = OpenSslKeys.Der(pem);
        var label = pem.Contains("RSA", StringComparison.Ordinal) ? "RSA PUBLIC KEY" : "PUBLIC KEY";
        for (var i = 0; i < Mutations / 2; i++)
        {
            Try(OpenSslKeys.Pem(i % 2 == 0 ? label : string.Empty, Mutate(der, RandomNumberGenerator.GetBytes(8))));
        }
    }

    [Theory]
    [MemberData(nameof(Originals))]
    public void Changed_text_is_read_or_refused(string pem)
    {
        var text = Encoding.ASCII.GetBytes(pem);
        for (var i = 0; i < Mutations / 2; i++)
        {
            Try(Encoding.Latin1.GetString(Mutate(text, Garbage)));
        }
    }

    private static void Try(string pem)
    {
        try
        {
            if (SigningPublicKey.TryParsePem(pem, out var signing))
            {
                Assert.Equal(signing.Spki, SigningKeys.Parse(signing.ToPem()).Spki);
                Assert.Equal(signing.Kind, SigningPublicKey.Load(signing.Kind, signing.Spki).Kind);
                Assert.False(signing.Verifies(signing.ProofAlgorithm, OpenSslSignatures.Data, RandomNumberGenerator.GetBytes(signing.Kind == SigningKeyKind.Rsa ? 256 : 64)));
            }

            if (SealingPublicKey.TryParsePem(pem, out var sealing))
            {
                Assert.Equal(sealing.Spki, SealingPublicKey.Load(sealing.Spki).Spki);
            }
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Failed on {Convert.ToBase64String(Encoding.Latin1.GetBytes(pem))}", failure);
        }
    }

    /// <summary>One to three changes: a byte replaced, a bit flipped, a run removed, doubled, or overwritten.</summary>
    private static byte[] Mutate(byte[] original, byte[] garbage)
    {
        var bytes = original.ToList();
        for (var changes = RandomNumberGenerator.GetInt32(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = RandomNumberGenerator.GetInt32(bytes.Count);
            var run = RandomNumberGenerator.GetInt32(1, Math.Min(9, bytes.Count - at + 1));
            switch (RandomNumberGenerator.GetInt32(5))
            {
                case 0:
                    bytes[at] = garbage[RandomNumberGenerator.GetInt32(garbage.Length)];
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << RandomNumberGenerator.GetInt32(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, run);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, run));
                    break;
                default:
                    bytes.Insert(at, garbage[RandomNumberGenerator.GetInt32(garbage.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
