using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Capabilities;

/// <summary>What checking one signature costs: with a key that is kept, with one that comes from its row, and when it is forged.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    // As long as what a capability's issuer signs: label, zero, hash.
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("repository-capability-v1\0" + new string('h', 32));

    private SigningPublicKey _key = null!;
    private byte[] _spki = [];
    private byte[] _signature = [];
    private byte[] _forged = [];

    [Params(SignatureAlgorithm.EdDSA, SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256)]
    public SignatureAlgorithm Algorithm { get; set; }

    [GlobalSetup]
    public void Sign()
    {
        switch (Algorithm)
        {
            case SignatureAlgorithm.EdDSA:
                SignByEd25519();
                break;
            case SignatureAlgorithm.ES256:
                using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    Keep(SigningKeyKind.P256, ecdsa.ExportSubjectPublicKeyInfo(), ecdsa.SignData(Data, HashAlgorithmName.SHA256));
                }

                break;
            default:
                var padding = Algorithm == SignatureAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
                using (var rsa = RSA.Create(2048))
                {
                    Keep(SigningKeyKind.Rsa, rsa.ExportSubjectPublicKeyInfo(), rsa.SignData(Data, HashAlgorithmName.SHA256, padding));
                }

                break;
        }
    }

    [Benchmark(Baseline = true)]
    public bool Verify() => _key.Verifies(Algorithm, Data, _signature);

    [Benchmark]
    public bool VerifyForged() => _key.Verifies(Algorithm, Data, _forged);

    [Benchmark]
    public SigningPublicKey Load() => SigningPublicKey.Load(_key.Kind, _spki);

    [Benchmark]
    public bool LoadAndVerify() => SigningPublicKey.Load(_key.Kind, _spki).Verifies(Algorithm, Data, _signature);

    /// <summary>Made by OpenSSL over <see cref="Data"/>, because the server verifies Ed25519 and never signs with it.</summary>
    private void SignByEd25519() => Keep(
        SigningKeyKind.Ed25519,
        Convert.FromBase64String("MCowBQYDK2VwAyEAog392UbeXrk9E2m/DqqizyxObsWTcxNri1dcZ6fyJC4="),
        Convert.FromBase64String("GZr9R8B9m+yf3TFTspvTKTjH+Ua1cOMqK1nT21daqMRmNt6mlKjRSmk2M4YiF2zGI3bkkNRADRNQcnPKTadLAg=="));

    private void Keep(SigningKeyKind kind, byte[] spki, byte[] signature)
    {
        (_spki, _signature, _forged) = (spki, signature, signature.ToArray());
        _forged[^2] ^= 1;
        _key = SigningPublicKey.Load(kind, spki);
        if (!Verify() || VerifyForged())
        {
            throw new InvalidOperationException("The benchmark's own signatures are not what they should be.");
        }
    }
}
