using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public sealed class ResourcesOfTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    private const long Start = WindowCalls.Start;

    [Fact]
    public async Task Of_first_uses_at_once_on_two_nodes_all_get_one_key()
    {
        await using var node = await App.StartNodeAsync(Ct);
        var one = await App.NewResourceAsync(Ct);
        var other = await App.NewResourceAsync(Ct, one.Owner);
        var (oneThere, otherThere) = (At(node, one), At(node, other));

        for (var window = 0; window < 4; window++)
        {
            var timecode = Start - (900 * window);
            var own = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? one : oneThere).KeyAsync(timecode, Ct)));
            var pair = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 4) switch
            {
                0 => one.KeyAsync(timecode, Ct, peer: other.Guid),
                1 => oneThere.KeyAsync(timecode, Ct, peer: other.Guid, pin: true),
                2 => other.KeyAsync(timecode, Ct, peer: one.Guid, pin: true),
                _ => otherThere.KeyAsync(timecode, Ct, peer: one.Guid),
            }));

            Assert.Single(own.ToHashSet(StringComparer.Ordinal));
            Assert.Single(pair.ToHashSet(StringComparer.Ordinal));
        }

        Assert.Equal(8, await App.CountKeysAsync(Ct));
        Assert.Equal(4, (await App.PinnedAsync(one, Ct)).Count);
    }

    [Fact]
    public async Task No_pin_is_one_too_many_on_two_nodes()
    {
        await using var node = await App.StartNodeAsync(Ct);
        var resource = await App.NewResourceAsync(Ct);
        var there = At(node, resource);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? resource : there).PostTokenAsync(900L * i, Ct, pin: true)));

        Assert.Equal(8, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(16, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task What_one_node_revokes_retires_or_deletes_is_gone_at_once_at_the_other()
    {
        await using var node = await App.StartNodeAsync(Ct);
        var resource = await App.NewResourceAsync(Ct);
        var (source, token) = await App.CreateLoginTokenAsync(resource.Owner, resource.Guid, Ct);
        var revoked = resource with { Instance = node.Bearing(token) };
        var there = At(node, resource);
        await revoked.KeyAsync(Start, Ct, pin: true);

        using var revocation = await App.SessionOf(resource.Owner).DeleteLoginTokenAsync(resource.Guid, source, Ct);
        await revoked.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Start, Ct);
        using var retirement = await App.RetireAsync(resource, Start, Ct);
        await there.RefusedAsync(HttpStatusCode.Gone, "timecode-retired", Start, Ct);
        using var deletion = await App.SessionOf(resource.Owner).DeleteResourceAsync(resource.Guid, Ct);
        await there.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Start, Ct);
    }

    protected override (string Name, string Value)[] Settings => [("Tokens:MaxPinnedWindows", "8")];

    private static TestResource At(RepositoryApp node, TestResource resource) =>
        resource with { Instance = node.Bearing(resource.Instance.DefaultRequestHeaders.Authorization!.Parameter!) };
}
