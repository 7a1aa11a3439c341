using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;

namespace Repository.Api.Sessions;

/// <summary>A handshake that nothing is wrong with, and the key that it agreed on.</summary>
internal sealed class ProvenHandshake(SessionKey key, SessionTranscript transcript) : IDisposable
{
    public required HashIdentifier UserGuid { get; init; }

    /// <summary>The user's key that signed: the handshake is good only while it is the present one.</summary>
    public required byte[] KeyHash { get; init; }

    public required byte[] ChallengeHash { get; init; }

    public required DateTimeOffset ChallengeExpiresDate { get; init; }

    /// <summary>The RSA key that the agreed key is encrypted to; null where both sides computed it.</summary>
    public required SigningPublicKey? Recipient { get; init; }

    public SessionKey Key => key;

    public SessionTranscript Transcript => transcript;

    public void Dispose() => key.Dispose();
}
