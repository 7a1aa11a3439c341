using System.Security.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>The cryptography that one handshake cannot do without, at the server and alone, with the calls that the server makes.</summary>
internal sealed class HandshakeCryptography : IDisposable
{
    private const int TokenBytes = 512; // As long as a token is before its signature; the sealed one is 90 longer.

    private readonly Ed25519SigningKey _user = new();
    private readonly ECDsa _server = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _transcript = RandomNumberGenerator.GetBytes(150);
    private readonly byte[] _token = RandomNumberGenerator.GetBytes(TokenBytes);
    private readonly byte[] _clientKey;
    private readonly byte[] _signature;

    public HandshakeCryptography()
    {
        using var client = X25519PrivateKey.Draw();
        _clientKey = client.PublicKey;
        _signature = _user.Sign(_transcript);
    }

    /// <summary>X25519 twice (the challenge's key, the agreement), Ed25519 verified, ES256 signed twice (token, answer), the token sealed.</summary>
    public void Compute()
    {
        using var key = X25519PrivateKey.Draw();
        if (!_user.PublicKey.Verifies(SignatureAlgorithm.EdDSA, _transcript, _signature) || !key.TryAgree(_clientKey, out var shared))
        {
            throw new InvalidOperationException("The benchmark's own handshake is not what it should be.");
        }

        _ = _server.SignData(_token, HashAlgorithmName.SHA256);
        _ = XChaCha20Poly1305.Seal(shared, _token, []);
        _ = _server.SignData(_transcript, HashAlgorithmName.SHA256);
    }

    public void Dispose() => _server.Dispose();
}
