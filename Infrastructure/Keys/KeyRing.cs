using System.Security.Cryptography;

namespace Repository.Infrastructure.Keys;

/// <summary>The sub-keys of the master key, once <see cref="MasterKeySetup"/> has found it to be the database's. It prints nothing of them.</summary>
internal sealed class KeyRing : IDisposable
{
    private byte[]? _columns;
    private byte[]? _idempotency;
    private byte[]? _challenges;
    private byte[]? _nodeKey;

    /// <summary>Whether the keys are there; a server that serves has them.</summary>
    public bool IsLoaded => _columns is not null;

    public ReadOnlySpan<byte> Columns => _columns ?? throw NotLoaded();

    public ReadOnlySpan<byte> Idempotency => _idempotency ?? throw NotLoaded();

    public ReadOnlySpan<byte> Challenges => _challenges ?? throw NotLoaded();

    public ReadOnlySpan<byte> NodeKey => _nodeKey ?? throw NotLoaded();

    public void Load(ReadOnlySpan<byte> masterKey)
    {
        _idempotency = SubKey.Idempotency.Derive(masterKey);
        _challenges = SubKey.Challenges.Derive(masterKey);
        _nodeKey = SubKey.NodeKey.Derive(masterKey);
        _columns = SubKey.Columns.Derive(masterKey);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_columns);
        CryptographicOperations.ZeroMemory(_idempotency);
        CryptographicOperations.ZeroMemory(_challenges);
        CryptographicOperations.ZeroMemory(_nodeKey);
    }

    private static InvalidOperationException NotLoaded() => new("The key ring is not loaded yet.");
}
