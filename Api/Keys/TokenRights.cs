using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Keys;

/// <summary>
/// Whose a token is: a session's is its user's, a resource's is its owner's. The kinds are told apart first, because users, machines and
/// resources are named alike: a resource that is named as another user's machine makes nobody the owner of the machine's tokens.
/// </summary>
internal sealed class TokenRights(Database database)
{
    private static readonly Statement SelectOwned = new("SELECT 1 FROM resources WHERE resource_guid = $1 AND owner_guid = $2");

    public async ValueTask<bool> MayRevokeAsync(Caller caller, VerifiedToken token, CancellationToken ct) => (caller, token) switch
    {
        ({ IsAdministrator: true }, _) => true,
        ({ UserGuid: { } user }, { Session: not null }) => string.Equals(user.ToString(), token.Subject, StringComparison.Ordinal),
        (_, { Capability: not null }) => false, // A machine's, which has no credential.
        ({ ResourceGuid: { } resource }, { Session: null }) => string.Equals(resource.ToString(), token.Subject, StringComparison.Ordinal),
        ({ UserGuid: { } user }, _) => HashIdentifier.TryParse(token.Subject, out var resource) && await OwnsAsync(user, resource, ct),
        _ => false,
    };

    private async ValueTask<bool> OwnsAsync(HashIdentifier user, HashIdentifier resource, CancellationToken ct) =>
        await database.QueryAsync(SelectOwned, [SqlValue.Of(resource), SqlValue.Of(user)], ct) is [_, ..];
}
