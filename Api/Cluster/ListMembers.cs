using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <summary>Lists a cluster's members to a user who let one in, to its creator and to an administrator, in the order of joining.</summary>
internal sealed class ListMembers(RepositoryDbContext db)
{
    public async Task<Answer> ExecuteAsync(ClusterReference reference, MemberMask which, Caller caller, CancellationToken ct)
    {
        if (await reference.Among(db.Clusters).SingleOrDefaultAsync(ct) is not { } cluster)
        {
            return Answer.Refuse(ApiProblem.ClusterUnknown);
        }

        // All of them, 64 at the most: who may read, and which is the i-th, is said by one snapshot.
        var members = await db.ClusterMembers.Where(member => member.Cluster == cluster.Id).OrderBy(member => member.Id).ToListAsync(ct);
        return caller.MayActAs(cluster.CreatorGuid) || members.Exists(member => caller.MayActAs(member.UserGuid))
            ? Answer.Ok(new Page<UserClusterMemberView>([.. members.Where((_, i) => which.Includes(i)).Select(UserClusterMemberView.Of)], Next: null))
            : Answer.Refuse(ApiProblem.Forbidden);
    }
}
