using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Users;

/// <summary>Registers users: their keys and proofs are judged here, before the write is queued, because every other write waits for what the writer does.</summary>
internal sealed class UserRegistrar(Writes writes, AuditLog audit, TimeProvider clock)
{
    /// <summary>Refuses in the order of the contract: the keys, the proof, the name.</summary>
    public Task<Answer> ExecuteAsync(HttpContext context, RegisterUserRequest request, CancellationToken ct)
    {
        var userGuid = HashIdentifier.Parse(request.UserGuid);
        if (!PresentedKeys.TryParsePem(request.PublicKey, request.SealingKey, out var keys))
        {
            return writes.RefuseAsync(context, Answer.Refuse(ApiProblem.KeyUnsupported), ct);
        }

        if (!KeyProof.ForRegistration(userGuid, keys).IsSignedBy(keys.Signing, Convert.FromBase64String(request.Proof)))
        {
            return writes.RefuseAsync(context, Answer.Refuse(ApiProblem.ProofInvalid), ct);
        }

        var now = clock.GetUtcNow();
        return writes.ExecuteAsync(
            context,
            new RegisterUser(userGuid, keys, now, Caller.Of(context).Actor, audit),
            registered => registered
                ? Answer.Created($"/v1/users/{userGuid}", UserView.Of(userGuid, keys, now))
                : Answer.Refuse(ApiProblem.UserExists),
            ct);
    }
}
