using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public sealed class CoffersOfTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task Both_have_one_pair_and_what_is_changed_at_one_is_served_by_the_other_at_once()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var client = CofferClient.Make();
        Assert.Equal(await App.ServerKeyAsync(Ct), await other.ServerKeyAsync(Ct));

        for (var i = 1; i <= 3; i++)
        {
            await App.DefineAsync(CofferCalls.ShardOf(client, $"number = {i}"), Ct);
            Assert.Equal((long)i, (await other.SecretsOfAsync(client, Ct))["number"]);
            using var set = await other.PutSecretAsync(client, "number", $$"""{"type":"integer","value":{{i * 100}}}""", Ct);
            await set.IsAsync(HttpStatusCode.OK, Ct);
            Assert.Equal(i * 100L, (await App.SecretsOfAsync(client, Ct))["number"]);
        }

        Assert.Equal(6, await other.CofferVersionAsync(Ct));
    }

    [Fact]
    public async Task A_request_and_a_box_are_spent_at_both()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var client = CofferClient.Make();
        var sealedBody = await App.SealAsync(CofferCalls.ShardOf(client, "number = 1"), Ct);
        using var defined = await App.Administrator.PutDefinitionAsync(sealedBody, CofferCalls.Bytes, Ct);
        using var definedAgain = await other.Administrator.PutDefinitionAsync(sealedBody, CofferCalls.Bytes, Ct);
        await defined.IsAsync(HttpStatusCode.OK, Ct);
        await definedAgain.RefusedAsync(HttpStatusCode.Conflict, "definition-replayed", Ct);
        var body = await App.BoxAsync(client, Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? App : other).PostSecretsAsync(body, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            await loser.RefusedAsync(HttpStatusCode.Conflict, "request-replayed", Ct);
        }
    }
}
