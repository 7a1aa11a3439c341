using Repository.Infrastructure.Cluster;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Loads every key that a server needs before it serves, and finds out whether it may; a first start makes them. The keys of the deployment
/// are loaded by what finds that out (<see cref="DeploymentKeys"/>).
/// </summary>
internal sealed class KeySetup(MasterKeySetup masterKey, NodeKeySetup nodeKeys, NodeAdmission admission, AdministratorKey administrator)
{
    /// <summary>Begins what takes time and depends on nothing but the data directory, which is open.</summary>
    public void Begin() => nodeKeys.Begin();

    /// <summary>Loads the keys; the database can be read and written.</summary>
    /// <exception cref="Storage.StartRefusedException">A key is missing, damaged, or not this database's.</exception>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        await masterKey.ExecuteAsync(ct); // First: it opens what the others are sealed with.
        await nodeKeys.ExecuteAsync(ct);
        await admission.ExecuteAsync(ct);
        administrator.Load();
    }
}
