using System.Security.Cryptography;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cluster;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <param name="Name">What it is called in the cluster: as a cluster's name.</param>
/// <param name="Ck">PEM of the RSA key (2048 or 3072 bits) that others encrypt to.</param>
/// <param name="Sk">PEM of the RSA key (2048 or 3072 bits) that it signs with.</param>
/// <param name="Endpoints">Where it is reached: <c>host:port</c>, 1 to 64 of them, and as many as the cluster asks for at least.</param>
/// <param name="DigSig">Base64 of its signature by <c>sk</c> (docs/formats.md).</param>
/// <param name="NodeId">Its id: 20 bytes, or the hash of <c>sk</c>, in lower-case hex; the hash where it is left out.</param>
/// <param name="Attrs">Bits of its own: 0 to 2^53 - 1; 0.</param>
public sealed record JoinClusterRequest(
    string Name,
    string Ck,
    string Sk,
    IReadOnlyList<string> Endpoints,
    string DigSig,
    string? NodeId = null,
    long? Attrs = null);

internal sealed class JoinClusterRequestValidator : AbstractValidator<JoinClusterRequest>
{
    public JoinClusterRequestValidator()
    {
        RuleFor(request => request.Name).Spells<JoinClusterRequest, MemberName>();
        RuleFor(request => request.Endpoints).AreEndpoints();
        RuleFor(request => request.DigSig).IsBase64UpTo(MemberDescriptor.MaxGivenSignatureSize);
        RuleFor(request => request.Attrs).IsAttrs();
    }
}

/// <summary>A member that is to join: its signature holds.</summary>
internal sealed record NewMember(MemberDescriptor Descriptor, byte[] DigSig, HashIdentifier UserGuid, DateTimeOffset JoinedDate);

/// <summary>What became of a member that was to join.</summary>
internal abstract record Joining
{
    private Joining()
    {
    }

    public sealed record Done(NodeId ClusterId) : Joining;

    public sealed record ClusterUnknown : Joining;

    public sealed record ClusterFull : Joining;

    /// <summary>The cluster asks for more endpoints.</summary>
    public sealed record TooFewEndpoints : Joining;

    /// <summary>The name is another's in this cluster.</summary>
    public sealed record MemberExists : Joining;

    /// <summary>The id is another's in this cluster, or another key's anywhere.</summary>
    public sealed record NodeIdTaken : Joining;
}

/// <summary>
/// Lets a member into a cluster. A conditional update takes the place, so that of many at once no more come in than there is room for; it
/// also holds the cluster's row until the transaction ends. Two unique indexes decide about the name and the id here, a conditional insert about
/// the id elsewhere; who is refused by one of them gives the place back.
/// </summary>
internal sealed class JoinCluster(ClusterReference reference, NewMember member, string actor, AuditLog audit) : WriteOperation<Joining>
{
    private static readonly Statement TakePlace = new(
        """
        UPDATE clusters SET size = size + 1
        WHERE (name = $1 OR cluster_id = $2) AND size < max_size AND endpoint_count <= $3
        RETURNING id, cluster_id
        """);

    private static readonly Statement Insert = new(
        """
        INSERT INTO cluster_members (cluster, name, node_id, attrs, ck, sk, endpoints, dig_sig, user_guid, joined_date)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement ClaimId = new(
        """
        INSERT INTO member_ids (node_id, sk_hash, uses) VALUES ($1, $2, 1)
        ON CONFLICT (node_id) DO UPDATE SET uses = member_ids.uses + 1 WHERE member_ids.sk_hash = excluded.sk_hash
        """);

    private readonly MemberDescriptor _descriptor = member.Descriptor;

    public override async ValueTask<Joining> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        SqlValue[] values = [.. reference.Values, SqlValue.Of(_descriptor.Endpoints.Count)];
        if (await transaction.QueryAsync(TakePlace, values, ct) is not [var place])
        {
            return await FindRefusalAsync(transaction.Db, ct);
        }

        var (cluster, clusterId) = (place.Number(0), NodeId.Load(place.Bytes(1)));
        if (await InsertAsync(transaction, cluster, ct) is { } refusal)
        {
            await transaction.GiveBackPlaceAsync(cluster, ct);
            return refusal;
        }

        await audit.AppendAsync(
            transaction,
            UserClusterAudit.Entry(actor, "cluster-member-joined", clusterId, _descriptor.NodeId, member.UserGuid),
            ct);
        return new Joining.Done(clusterId);
    }

    private async Task<Joining> FindRefusalAsync(RepositoryDbContext db, CancellationToken ct) =>
        await reference.Among(db.Clusters).SingleOrDefaultAsync(ct) switch
        {
            null => new Joining.ClusterUnknown(),
            { EndpointCount: var count } when count > _descriptor.Endpoints.Count => new Joining.TooFewEndpoints(),
            _ => new Joining.ClusterFull(),
        };

    /// <returns>Why it cannot join; null when it has.</returns>
    private async Task<Joining?> InsertAsync(WriteTransaction transaction, long cluster, CancellationToken ct)
    {
        if (await transaction.ExecuteAsync(Insert, ValuesOf(cluster), ct) == 0)
        {
            // The row that it met is still there: the cluster is held.
            return await transaction.Db.ClusterMembers.AnyAsync(known => known.Cluster == cluster && known.Name == _descriptor.Name, ct)
                ? new Joining.MemberExists()
                : new Joining.NodeIdTaken();
        }

        if (!_descriptor.NodeId.IsHash && !await ClaimIdAsync(transaction, ct))
        {
            await transaction.DeleteMemberAsync(cluster, _descriptor.NodeId, ct);
            return new Joining.NodeIdTaken();
        }

        return null;
    }

    private async Task<bool> ClaimIdAsync(WriteTransaction transaction, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            ClaimId,
            [SqlValue.Of(_descriptor.NodeId), SqlValue.Of(SHA256.HashData(_descriptor.Sk.Spki))],
            ct) == 1;

    private SqlValue[] ValuesOf(long cluster) =>
    [
        SqlValue.Of(cluster),
        SqlValue.Of(_descriptor.Name),
        SqlValue.Of(_descriptor.NodeId),
        SqlValue.Of(_descriptor.Attrs),
        SqlValue.Of(_descriptor.Ck.Spki.ToArray()),
        SqlValue.Of(_descriptor.Sk.Spki.ToArray()),
        SqlValue.Of(string.Join(' ', _descriptor.Endpoints)),
        SqlValue.Of(member.DigSig),
        SqlValue.Of(member.UserGuid),
        SqlValue.Of(member.JoinedDate),
    ];
}
