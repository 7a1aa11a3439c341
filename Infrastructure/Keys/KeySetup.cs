using Repository.Infrastructure.Coffer;

namespace Repository.Infrastructure.Keys;

/// <summary>Loads every key that a server needs before it serves; a first start makes them.</summary>
internal sealed class KeySetup(MasterKeySetup masterKey, AdministratorKey administrator, SigningKeyRing signingKeys, CofferKey coffer)
{
    /// <exception cref="Storage.StartRefusedException">A key is missing, damaged, or not this database's.</exception>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        await masterKey.ExecuteAsync(ct); // First: it opens what the others are sealed with.
        await signingKeys.LoadAsync(ct);
        await coffer.LoadAsync(ct);
        administrator.Load();
    }
}
