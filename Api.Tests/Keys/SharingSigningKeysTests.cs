using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>One key, many threads: an issuer's key is in every request's hands.</summary>
public sealed class SharingSigningKeysTests
{
    private const int Threads = 16;

    public static TheoryData<string, SignatureAlgorithm, byte[]> Keys => new()
    {
        { OpenSslKeys.Ed25519, SignatureAlgorithm.EdDSA, OpenSslSignatures.Ed25519 },
        { OpenSslKeys.Rsa2048, SignatureAlgorithm.RS256, OpenSslSignatures.RS256 },
        { OpenSslKeys.Rsa2048, SignatureAlgorithm.PS256, OpenSslSignatures.PS256 },
        { OpenSslKeys.P256, SignatureAlgorithm.ES256, OpenSslSignatures.ES256 },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Everyone_gets_the_right_answer(string pem, SignatureAlgorithm algorithm, byte[] signature)
    {
        var read = SigningKeys.Parse(pem);
        var key = SigningPublicKey.Load(read.Kind, read.Spki);
        byte[] forged = [(byte)(signature[0] ^ 1), .. signature[1..]];
        using var start = new Barrier(Threads);

        var wrong = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return Enumerable.Range(0, 200).Count(i => key.Verifies(algorithm, OpenSslSignatures.Data, i % 2 == 0 ? signature : forged) != (i % 2 == 0));
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(wrong, count => Assert.Equal(0, count));
    }
}
