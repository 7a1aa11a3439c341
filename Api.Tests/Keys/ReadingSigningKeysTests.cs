using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>However a key is spelt when it comes in, it goes out as OpenSSL writes it.</summary>
public sealed class ReadingSigningKeysTests
{
    public static TheoryData<string, SigningKeyKind, string> Spellings => new()
    {
        { OpenSslKeys.Ed25519, SigningKeyKind.Ed25519, OpenSslKeys.Ed25519 },
        { OpenSslKeys.Rsa2048, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.Rsa2048Exponent3, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048Exponent3 },
        { OpenSslKeys.Rsa2048Pkcs1, SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.P256, SigningKeyKind.P256, OpenSslKeys.P256 },
        { OpenSslKeys.P256Compressed, SigningKeyKind.P256, OpenSslKeys.P256 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Rsa2048Pkcs1), SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Rsa2048), SigningKeyKind.Rsa, OpenSslKeys.Rsa2048 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.Ed25519), SigningKeyKind.Ed25519, OpenSslKeys.Ed25519 },
        { OpenSslKeys.UnderEmptyLabel(OpenSslKeys.P256), SigningKeyKind.P256, OpenSslKeys.P256 },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_spelling_comes_out_as_one(string pem, SigningKeyKind kind, string written)
    {
        Assert.True(SigningPublicKey.TryParsePem(pem, out var key));

        Assert.Equal(kind, key.Kind);
        Assert.Equal(written, key.ToPem());
        Assert.Equal(OpenSslKeys.Der(written), key.Spki);
        Assert.Equal(SHA256.HashData(OpenSslKeys.Der(written)), key.Hash);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_key_that_was_stored_is_the_same_key(string pem, SigningKeyKind kind, string written)
    {
        Assert.True(SigningPublicKey.TryParsePem(pem, out var key));

        var loaded = SigningPublicKey.Load(kind, key.Spki);

        Assert.Equal(kind, loaded.Kind);
        Assert.Equal(written, loaded.ToPem());
        Assert.Equal(key.Hash, loaded.Hash);
    }
}
