using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>
/// A public key as the base library wants it, kept between verifications, because an import costs several times what a verification does. The base
/// library does not promise that two threads may use one instance, so a verification takes it out; one that comes meanwhile imports its own, and
/// of two given back one is kept.
/// </summary>
/// <remarks>Public keys are no secrets: what nobody uses any more is left to the finalizer of its handle.</remarks>
internal sealed class ImportedKey<T>(byte[] spki, Func<T> create)
    where T : AsymmetricAlgorithm
{
    private T? _spare;

    /// <summary>Whether the base library takes the key at all.</summary>
    public bool IsPossible()
    {
        try
        {
            GiveBack(Take());
            return true;
        }
        catch (CryptographicException)
        {
            // The base library has no other way to say so.
            return false;
        }
    }

    /// <exception cref="CryptographicException">The key is not <see cref="IsPossible"/>.</exception>
    public T Take() => Interlocked.Exchange(ref _spare, null) ?? Import();

    public void GiveBack(T instance)
    {
        if (Interlocked.CompareExchange(ref _spare, instance, null) is not null)
        {
            instance.Dispose();
        }
    }

    private T Import()
    {
        var instance = create();
        instance.ImportSubjectPublicKeyInfo(spki, out _);
        return instance;
    }
}
