using Repository.Infrastructure.Coffer;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// The keys that all nodes share. They are loaded before this node serves and not while it waits to be admitted: loading makes, or replaces,
/// what is missing or due, and nobody has let this node do that yet.
/// </summary>
internal sealed class DeploymentKeys(SigningKeyRing signingKeys, CofferKey coffer)
{
    private bool _areLoaded;

    /// <summary>Loads them, once. Calls follow each other.</summary>
    /// <exception cref="Storage.StartRefusedException">A key is missing, damaged, or not this database's.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        if (_areLoaded)
        {
            return;
        }

        await signingKeys.LoadAsync(ct);
        await coffer.LoadAsync(ct);
        _areLoaded = true;
    }
}
