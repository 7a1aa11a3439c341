using System.Net;
using System.Text;
using Repository.Api.Tests.Domain;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Files that were damaged at random: read or refused, and valid only where what they say is still what was signed.</summary>
public sealed class MutatedCapabilitiesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const int Mutations = 3000;
    private const int AtOnce = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_mutation_fails_the_server_or_is_valid_unless_it_says_the_same()
    {
        var dice = new Dice();
        var capability = (await shared.App.NewCapabilityAsync(Ct, SigningKeyKind.P256))
            .With("machines", "2")
            .With("notAfter", "\"2027-11-01T00:00:00.5+01:00\"")
            .With("features", """{ "colour": "r\u00e9d", "doors": [ 1, 2.50, -0, 1e2, null, true ], "": { "é": "😀" } }""");
        var original = Canonical.Of(capability.Json);
        var outcomes = new List<string>();
        for (var done = 0; done < Mutations; done += AtOnce)
        {
            var mutations = Enumerable.Range(0, AtOnce).Select(_ => Mutate(dice, capability.Bytes)).ToList();
            outcomes.AddRange(await Task.WhenAll(mutations.Select(mutation => VerifyAsync(mutation, original, dice))));
        }

        // Mutations that were all refused by the reader would try nothing behind it.
        Assert.Equal(["malformed", "refused", "valid"], outcomes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <returns>What became of it.</returns>
    private async Task<string> VerifyAsync(byte[] mutation, string original, Dice dice)
    {
        using var answer = await shared.App.PostVerifyCapabilityAsync(mutation, Ct);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
        {
            Assert.Equal("capability-malformed", await RepositoryApp.CodeOf(answer, Ct));
            return "malformed";
        }

        var text = $"{dice}: {Encoding.UTF8.GetString(mutation)}";
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}, {text}");
        var isValid = (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("valid").GetBoolean();
        Assert.True(isValid == string.Equals(original, Canonical.Of(mutation), StringComparison.Ordinal), text);
        return isValid ? "valid" : "refused";
    }

    /// <summary>Flips, deletes or doubles a few stretches of bytes.</summary>
    private static byte[] Mutate(Dice dice, byte[] file)
    {
        for (var times = 1 + dice.Next(3); times > 0; times--)
        {
            var at = dice.Next(file.Length);
            var length = dice.Toss() ? 1 : Math.Min(1 + dice.Next(40), file.Length - at);
            file = dice.Next(4) switch
            {
                0 => [.. file[..at], (byte)(file[at] ^ (1 << dice.Next(8))), .. file[(at + 1)..]],
                1 => [.. file[..at], .. file[(at + length)..]],
                2 => [.. file[..(at + length)], .. file[at..]],
                _ => [.. file[..at], dice.Pick<byte>(" \t\n\"{}[],:0\\.e-"u8), .. file[at..]],
            };
        }

        return file;
    }
}
