using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Users;

/// <summary>
/// Replaces users' keys: keys and proofs are judged here, against the user as it is read, before the write is queued; the write then holds
/// only if the user is still as it was judged.
/// </summary>
internal sealed class UserKeyReplacer(Writes writes, RepositoryDbContext db, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, HashIdentifier userGuid, ReplaceUserKeysRequest request, CancellationToken ct)
    {
        if (!PresentedKeys.TryParsePem(request.PublicKey, request.SealingKey, out var keys))
        {
            return await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.KeyUnsupported), ct);
        }

        var known = await UserWithKey.FindAsync(db, userGuid, ct);
        if (known is null)
        {
            return await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.UserUnknown), ct);
        }

        if (Judge(known, keys, request) is { } problem)
        {
            return await writes.RefuseAsync(context, Answer.Refuse(problem), ct);
        }

        var rotation = new KeyRotation(userGuid, known.Key.KeyHash, keys, request.RevokeOld is true, clock.GetUtcNow());
        return await writes.ExecuteAsync(
            context,
            new ReplaceUserKeys(rotation, Caller.Of(context).Actor, audit),
            outcome => outcome switch
            {
                Rotation.UserDisabled => Answer.Refuse(ApiProblem.UserDisabled),
                Rotation.KeyReplaced => Answer.Refuse(ApiProblem.ProofInvalid),
                Rotation.KeyReused => Answer.Refuse(ApiProblem.KeyReused),
                Rotation.TooManyKeys => Answer.Refuse(ApiProblem.TooManyKeys),
                _ => Answer.Ok(UserView.Of(userGuid, keys, known.User.RegisteredDate)),
            },
            ct);
    }

    /// <returns>Null when there is nothing to refuse.</returns>
    private static ApiProblem? Judge(UserWithKey known, PresentedKeys keys, ReplaceUserKeysRequest request)
    {
        if (known.User.State != UserState.Enabled)
        {
            return ApiProblem.UserDisabled;
        }

        var proof = KeyProof.ForRotation(known.User.UserGuid, keys);
        return proof.IsSignedBy(keys.Signing, Convert.FromBase64String(request.Proof))
            && proof.IsSignedBy(known.Key.Load(), Convert.FromBase64String(request.OldProof))
                ? null
                : ApiProblem.ProofInvalid;
    }
}
