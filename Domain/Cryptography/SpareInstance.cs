using System.Security.Cryptography;

namespace Repository.Domain.Cryptography;

/// <summary>
/// Keeps one imported key between verifications, because importing costs more than verifying. The base library does not promise that two threads may
/// use one instance, so a verification takes it out; one that comes meanwhile imports its own, and of two given back one is kept.
/// </summary>
/// <remarks>Public keys are no secrets: what nobody uses any more is left to the finalizer of its handle.</remarks>
internal sealed class SpareInstance<T>
    where T : AsymmetricAlgorithm
{
    private T? _spare;

    /// <returns>Null when there is none at hand.</returns>
    public T? Take() => Interlocked.Exchange(ref _spare, null);

    public void GiveBack(T instance)
    {
        if (Interlocked.CompareExchange(ref _spare, instance, null) is not null)
        {
            instance.Dispose();
        }
    }
}
