using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Cluster;

namespace Repository.Api.Cluster;

/// <summary>Checks what a node says of itself before anything is written, admits it, and says in HTTP what became of it.</summary>
internal sealed class NodeEntrance(Writes writes, NodeDirectory directory, AuditLog audit, TimeProvider clock)
{
    /// <summary>Refuses in the order of the contract: the keys, the signature; then what the nodes that there are say.</summary>
    public async Task<Answer> ExecuteAsync(HttpContext context, AdmitNodeRequest request, CancellationToken ct)
    {
        if (!MemberKey.TryParsePem(request.Ck, out var ck) || !MemberKey.TryParsePem(request.Sk, out var sk))
        {
            var refusal = Answer.Refuse(ApiProblem.KeyUnsupported, "ck and sk must be RSA public keys of 2048 or 3072 bits, in PEM.");
            return await writes.RefuseAsync(context, refusal, ct);
        }

        var node = Node.Describe(
            MemberName.Parse(request.Name),
            ck,
            sk,
            MemberEndpoint.Parse(request.ClusterEndpoint),
            MemberEndpoint.Parse(request.PublicEndpoint));
        StrictBase64.TryDecodeUpTo(request.DigSig, MemberDescriptor.MaxGivenSignatureSize, out var digSig);
        if (!node.IsSignedWith(digSig))
        {
            return await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.SignatureInvalid), ct);
        }

        var caller = Caller.Of(context);
        var admit = new AdmitNode(node, digSig, new Admitter(caller.Actor, caller.JoinTokenHash), clock.GetUtcNow(), audit);
        var answer = await writes.ExecuteAsync(context, admit, entry => AnswerOf(entry, new Node(node, digSig, NodeState.Active, null), context), ct);
        await directory.RefreshAsync(ct);
        return answer;
    }

    private static Answer AnswerOf(NodeEntry entry, Node node, HttpContext context) => entry switch
    {
        NodeEntry.Done => Answer.Created($"/v1/cluster/nodes/{node.Id}", NodeView.Of(node)),
        NodeEntry.NodeExists => Answer.Refuse(ApiProblem.NodeExists),
        _ => AuthorizationProblems.Challenge(context, isBad: true),
    };
}
