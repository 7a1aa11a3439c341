using System.Diagnostics.CodeAnalysis;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Cluster;

/// <summary>Checks what a member says of itself before anything is written, lets it in, and says in HTTP what became of it.</summary>
internal sealed class MemberAdmission(Writes writes, AuditLog audit, TimeProvider clock)
{
    /// <summary>Refuses in the order of the contract: the keys, the id, the signature; then what the cluster says.</summary>
    public Task<Answer> ExecuteAsync(HttpContext context, ClusterReference reference, JoinClusterRequest request, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        if (!TryRead(request, out var descriptor, out var refusal))
        {
            return writes.RefuseAsync(context, refusal, ct);
        }

        StrictBase64.TryDecodeUpTo(request.DigSig, MemberDescriptor.MaxGivenSignatureSize, out var digSig);
        if (!descriptor.IsSignedWith(digSig))
        {
            return writes.RefuseAsync(context, Answer.Refuse(ApiProblem.SignatureInvalid), ct);
        }

        var member = new NewMember(descriptor, digSig, caller.UserGuid!.Value, clock.GetUtcNow());
        return writes.ExecuteAsync(
            context,
            new JoinCluster(reference, member, caller.Actor, audit),
            outcome => AnswerOf(outcome, member),
            ct);
    }

    private static Answer AnswerOf(Joining outcome, NewMember member) => outcome switch
    {
        Joining.Done done => Answer.Created(
            $"/v1/clusters/{done.ClusterId}/members/{member.Descriptor.NodeId}",
            UserClusterMemberView.Of(member)),
        Joining.TooFewEndpoints => Answer.Invalid("endpoints", "must be as many as the cluster's endpointCount at least."),
        Joining.ClusterFull => Answer.Refuse(ApiProblem.ClusterFull),
        Joining.MemberExists => Answer.Refuse(ApiProblem.MemberExists),
        Joining.NodeIdTaken => Answer.Refuse(ApiProblem.NodeIdTaken),
        _ => Answer.Refuse(ApiProblem.ClusterUnknown),
    };

    private static bool TryRead(
        JoinClusterRequest request,
        [NotNullWhen(true)] out MemberDescriptor? descriptor,
        [NotNullWhen(false)] out Answer? refusal)
    {
        (descriptor, refusal) = (null, null);
        if (!MemberKey.TryParsePem(request.Ck, out var ck) || !MemberKey.TryParsePem(request.Sk, out var sk))
        {
            refusal = Answer.Refuse(ApiProblem.KeyUnsupported, "ck and sk must be RSA public keys of 2048 or 3072 bits, in PEM.");
            return false;
        }

        var id = sk.NodeId;
        if (request.NodeId is not null && !NodeId.TryParse(request.NodeId, out id))
        {
            refusal = Answer.Refuse(ApiProblem.NodeIdInvalid);
            return false;
        }

        var read = new MemberDescriptor(MemberName.Parse(request.Name), id, request.Attrs ?? 0, ck, sk, [.. request.Endpoints.Select(MemberEndpoint.Parse)]);
        if (!read.HasPossibleId)
        {
            refusal = Answer.Refuse(ApiProblem.NodeIdInvalid);
            return false;
        }

        descriptor = read;
        return true;
    }
}
