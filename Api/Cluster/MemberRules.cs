using FluentValidation;
using Repository.Domain.Cluster;

namespace Repository.Api.Cluster;

/// <summary>Rules that the validators of clusters and their members share.</summary>
internal static class MemberRules
{
    /// <summary>The number is one that every JSON reader holds exactly; null is left to whether the member is optional.</summary>
    public static void IsAttrs<T>(this IRuleBuilder<T, long?> rule) =>
        rule.InclusiveBetween(0, MemberDescriptor.MaxAttrs).WithMessage("must be 0 to 2^53 - 1.");

    /// <summary>There are endpoints, not too many, each with its one spelling.</summary>
    public static void AreEndpoints<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(static endpoints => endpoints.Count is > 0 and <= MemberDescriptor.MaxEndpoints
            && endpoints.All(static endpoint => MemberEndpoint.TryParse(endpoint, out _)))
        .WithMessage($"must be 1 to {MemberDescriptor.MaxEndpoints}, and each {MemberEndpoint.Rule}");
}
