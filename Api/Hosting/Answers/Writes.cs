using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Infrastructure.Idempotency;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting.Answers;

/// <summary>
/// Runs a write and answers with its outcome; with an <c>Idempotency-Key</c>, at most once (design/api.md, Conventions). A
/// request that never reaches the operation (400, 401, 413, 415, 429) leaves its key free.
/// </summary>
internal sealed class Writes(IWriteQueue queue, IdempotentWrites idempotent)
{
    /// <param name="context">The request.</param>
    /// <param name="operation">What is to be written.</param>
    /// <param name="answer">Says what an outcome is answered with; it may run on the writer's thread and reads nothing but the outcome.</param>
    /// <param name="ct">Ends the wait, not a write that has begun.</param>
    public async Task<Answer> ExecuteAsync<TOutcome>(
        HttpContext context,
        WriteOperation<TOutcome> operation,
        Func<TOutcome, Answer> answer,
        CancellationToken ct)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key))
        {
            return Answer.Invalid(IdempotencyKey.Header, IdempotencyKey.Rule);
        }

        if (key is null)
        {
            return answer(await queue.ExecuteAsync(operation, ct));
        }

        var body = await RequestBody.ReadAsync(context, ct);
        var target = context.Request.PathBase.Add(context.Request.Path).ToUriComponent() + context.Request.QueryString.ToUriComponent();
        var scope = idempotent.ScopeOf(body, Caller.Of(context).CredentialId, context.Request.Method, target, key);
        return await idempotent.ExecuteAsync(scope, operation, outcome => answer(outcome).Store(context), ct) switch
        {
            IdempotentOutcome.Executed executed => Answer.Load(executed.Answer, replayed: false),
            IdempotentOutcome.Replayed replayed => Answer.Load(replayed.Answer, replayed: true),
            IdempotentOutcome.KeyReused => Answer.Refuse(ApiProblem.IdempotencyKeyReused),
            IdempotentOutcome.InProgress => Answer.Refuse(ApiProblem.IdempotencyInProgress),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no answer."),
        };
    }

    /// <summary>
    /// Answers with a refusal that was found before anything is written. It counts for an <c>Idempotency-Key</c> like any other answer
    /// of the operation, and gives way to one that is stored already.
    /// </summary>
    public async Task<Answer> RefuseAsync(HttpContext context, Answer refusal, CancellationToken ct) => IdempotencyKey.IsGiven(context.Request)
        ? await ExecuteAsync(context, new Decided(refusal), static decided => decided, ct)
        : refusal;

    /// <summary>Writes nothing: what is to be answered is known.</summary>
    private sealed class Decided(Answer refusal) : WriteOperation<Answer>
    {
        public override ValueTask<Answer> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) => new(refusal);
    }
}
