using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <summary>Verifies a machine and says so in HTTP: the step first, and only when it does not match, the reason.</summary>
internal sealed class MachineVerifier(IWriteQueue queue, Writes writes, AuditLog audit, TimeProvider clock)
{
    /// <summary>What a machine can do about a refusal.</summary>
    private const string Remedy = "register-new-machine-guid";

    public async Task<Answer> ExecuteAsync(HttpContext context, MachineProof proof, string actor, CancellationToken ct)
    {
        // With an Idempotency-Key the step and the record of its answer are one transaction, which the plain step is not.
        if (!IdempotencyKey.IsGiven(context.Request)
            && await queue.ExecuteAsync(new StepMachine(proof, clock), ct) is { } next)
        {
            return Answer.Ok(Verified(proof, next));
        }

        return await writes.ExecuteAsync(
            context,
            new VerifyMachine(proof, actor, audit, clock),
            outcome => outcome switch
            {
                Verification.Stepped stepped => Answer.Ok(Verified(proof, stepped.NextDate)),
                Verification.Replayed replayed => Answer.Again(Verified(proof, replayed.NextDate)),
                Verification.MachineUnknown => Refuse(ApiProblem.MachineUnknown),
                Verification.MachineDisabled => Refuse(ApiProblem.MachineDisabled),
                _ => Refuse(ApiProblem.MachineDateMismatch),
            },
            ct);
    }

    private static VerifiedMachine Verified(MachineProof proof, DateTimeOffset next) =>
        new(proof.Machine.ToString(), (int)HashState.Enabled, next);

    private static Answer Refuse(ApiProblem problem) => Answer.Refuse(problem).With("action", Remedy);
}
