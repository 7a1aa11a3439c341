using Repository.Api.Tests.Cryptography;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Capabilities;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A key is loaded once, and never stands for another.</summary>
public sealed class KeptIssuerKeysTests : IDisposable
{
    private readonly IssuerKeys _keys = new();

    [Theory]
    [InlineData(SigningKeyKind.Ed25519)]
    [InlineData(SigningKeyKind.Rsa)]
    [InlineData(SigningKeyKind.P256)]
    public void Each_row_gives_its_own_key_and_the_same_one_again(SigningKeyKind kind)
    {
        var (one, other) = (TestKey.Make(kind), TestKey.Make(kind));
        var first = Load(one);

        Assert.NotSame(first, Load(other));
        Assert.Same(first, Load(one));
        Assert.True(first.Verifies(one.ProofAlgorithm, [1], one.Sign([1])));
        Assert.False(first.Verifies(one.ProofAlgorithm, [1], other.Sign([1])));
        Assert.True(Load(other).Verifies(other.ProofAlgorithm, [1], other.Sign([1])));
    }

    public void Dispose() => _keys.Dispose();

    private SigningPublicKey Load(TestKey key) => _keys.Load(key.Hash, key.Kind, key.Spki);
}
