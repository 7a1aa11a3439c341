using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Cluster;

/// <param name="Name">1 to 128 of A-Z, a-z, 0-9 and _, not beginning with a digit, and not 40 or 64 hex digits.</param>
/// <param name="MaxSize">How many members it takes: 2 to 64.</param>
/// <param name="EndpointCount">How many endpoints a member must have at least: 1 to 64.</param>
/// <param name="Attrs">Bits of the creator's: 0 to 2^53 - 1; 0.</param>
public sealed record CreateClusterRequest(string Name, int MaxSize, int EndpointCount, long? Attrs = null);

internal sealed class CreateClusterRequestValidator : AbstractValidator<CreateClusterRequest>
{
    public CreateClusterRequestValidator()
    {
        RuleFor(request => request.Name).Spells<CreateClusterRequest, MemberName>();
        RuleFor(request => request.MaxSize)
            .InclusiveBetween(UserCluster.MinMaxSize, UserCluster.MaxMaxSize)
            .WithMessage($"must be {UserCluster.MinMaxSize} to {UserCluster.MaxMaxSize}.");
        RuleFor(request => request.EndpointCount)
            .InclusiveBetween(1, MemberDescriptor.MaxEndpoints)
            .WithMessage($"must be 1 to {MemberDescriptor.MaxEndpoints}.");
        RuleFor(request => request.Attrs).IsAttrs();
    }
}

/// <summary>Creates a cluster; false when there is one of its name. The insert is the check: of many at once the unique index lets one through.</summary>
internal sealed class CreateCluster(UserCluster cluster, string actor, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement Insert = new(
        """
        INSERT INTO clusters (cluster_id, name, max_size, endpoint_count, attrs, size, creator_guid, created_date)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7)
        ON CONFLICT (name) DO NOTHING
        """);

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var inserted = await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(cluster.ClusterId),
                SqlValue.Of(cluster.Name),
                SqlValue.Of(cluster.MaxSize),
                SqlValue.Of(cluster.EndpointCount),
                SqlValue.Of(cluster.Attrs),
                SqlValue.Of(cluster.CreatorGuid),
                SqlValue.Of(cluster.CreatedDate),
            ],
            ct);
        if (inserted == 0)
        {
            return false;
        }

        await audit.AppendAsync(transaction, UserClusterAudit.Entry(actor, "cluster-created", cluster.ClusterId, cluster.CreatorGuid), ct);
        return true;
    }
}
