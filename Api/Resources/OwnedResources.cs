using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>Existence is private: whose resource it is not, for them it is not there, and the query decides it.</summary>
internal static class OwnedResources
{
    /// <summary>Changes nothing: on PostgreSQL it waits for whoever else changes the resource, and keeps them out.</summary>
    private static readonly Statement Hold = new(
        "UPDATE resources SET pinned_windows = pinned_windows WHERE resource_guid = $1 AND NOT is_deleted RETURNING owner_guid");

    private static readonly Statement GiveBackPin = new("UPDATE resources SET pinned_windows = pinned_windows - 1 WHERE resource_guid = $1");

    /// <summary>The caller's own resources; all of them for an administrator.</summary>
    public static IQueryable<Resource> OfCaller(this IQueryable<Resource> resources, Caller caller)
    {
        var present = resources.Where(resource => !resource.IsDeleted);
        if (caller.IsAdministrator)
        {
            return present;
        }

        var owner = caller.UserGuid ?? default; // The guid of nobody.
        return present.Where(resource => resource.OwnerGuid == owner);
    }

    /// <inheritdoc cref="OfCaller(IQueryable{Resource}, Caller)"/>
    public static IQueryable<Resource> OfCaller(this IQueryable<Resource> resources, Caller caller, HashIdentifier resourceGuid) =>
        resources.OfCaller(caller).Where(resource => resource.ResourceGuid == resourceGuid);

    /// <summary>Keeps the caller's resource from being changed or deleted until the transaction ends.</summary>
    /// <returns>False when the caller has none of this guid.</returns>
    public static async ValueTask<bool> HoldAsync(this WriteTransaction transaction, HashIdentifier resourceGuid, Caller caller, CancellationToken ct) =>
        (await transaction.QueryAsync(Hold, [SqlValue.Of(resourceGuid)], ct)) is [var resource]
        && caller.MayActAs(HashIdentifier.Load(resource.Bytes(0)));

    /// <summary>
    /// Keeps everybody out who would open, pin or retire a window of this resource, or pair, or delete it, until the transaction ends.
    /// Always in byte order, so that the two sides of a pair never wait for each other.
    /// </summary>
    public static async ValueTask HoldAsync(this WriteTransaction transaction, Window window, CancellationToken ct)
    {
        await transaction.QueryAsync(Hold, [SqlValue.Of(window.First)], ct);
        if (window.IsPair)
        {
            await transaction.QueryAsync(Hold, [SqlValue.Of(window.Second)], ct);
        }
    }

    /// <summary>Counts a pin of this resource's no more.</summary>
    public static async ValueTask GiveBackPinAsync(this WriteTransaction transaction, HashIdentifier resourceGuid, CancellationToken ct) =>
        await transaction.ExecuteAsync(GiveBackPin, [SqlValue.Of(resourceGuid)], ct);
}
