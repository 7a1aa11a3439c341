using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer;

/// <summary>Sets a secret and says so in HTTP. The value is sealed before the write is queued.</summary>
internal sealed class SecretSetting(SecretSeal seal, Writes writes, AuditLog audit, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="shard">Whose secret.</param>
    /// <param name="key">Its key.</param>
    /// <param name="request">Its value, which was validated.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<Answer> ExecuteAsync(HttpContext context, ClientKey shard, string key, SetSecretRequest request, CancellationToken ct)
    {
        if (!SecretTypes.TryParse(request.Type, out var type) || !SecretJson.TryRead(type, request.Value, out var value))
        {
            throw new InvalidOperationException("The request was not validated.");
        }

        var secret = SealedSecret.Of(shard, new Secret(key, value), seal);
        return writes.ExecuteAsync(context, new SetSecret(secret, key, Caller.Of(context).Actor, audit, clock), AnswerTo, ct);
    }

    /// <summary>What a single change is answered with.</summary>
    public static Answer AnswerTo(SecretChange outcome) => outcome switch
    {
        SecretChange.Done done => Answer.Ok(new CofferVersionView(done.Version)),
        SecretChange.SecretUnknown => Answer.Refuse(ApiProblem.SecretUnknown),
        _ => Answer.Refuse(ApiProblem.ShardUnknown),
    };
}
