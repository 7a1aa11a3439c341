using System.Globalization;
using System.Text;

namespace Repository.Api.Tests.Domain;

/// <summary>Canonical forms beside those of an ECMAScript engine, whose numbers, strings and order of names RFC 8785 prescribes.</summary>
public sealed class CanonicalJsonAgainstNodeTests
{
    // Members are joined by hand: an engine moves names that look like array indexes to the front of an object.
    private const string Script =
        """
        const form = value => Array.isArray(value) ? '[' + value.map(form).join(',') + ']'
          : value !== null && typeof value === 'object'
            ? '{' + Object.keys(value).sort().map(name => JSON.stringify(name) + ':' + form(value[name])).join(',') + '}'
            : JSON.stringify(value);
        for (const line of require('fs').readFileSync(0, 'latin1').trim().split('\n')) {
          console.log(Buffer.from(form(JSON.parse(Buffer.from(line, 'base64').toString('utf8')))).toString('base64'));
        }
        """;

    [Fact]
    public async Task Random_documents_have_the_form_that_node_gives_them()
    {
        var dice = new Dice();
        var documents = Enumerable.Range(0, 2000).Select(_ => new RandomJson(dice).Spell()).ToList();

        await Compare(documents, dice.ToString());
    }

    [Fact]
    public async Task Numbers_are_written_as_node_writes_them()
    {
        var dice = new Dice();
        var bits = Enumerable.Range(0, 5000).Select(_ => dice.NextBits());

        // The steps between doubles change at powers of two: there shortest digits go wrong first.
        var steps = Enumerable.Range(0, 2046).SelectMany(exponent => new[] { -1L, 0, 1 }.Select(step => (ulong)(((long)exponent << 52) + step)).Skip(exponent == 0 ? 1 : 0));
        var decimals = Enumerable.Range(0, 2000).Select(i => BitConverter.DoubleToUInt64Bits(dice.Next(int.MaxValue) / Math.Pow(10, i % 25)));
        var literals = bits.Concat(steps).Concat(decimals)
            .Select(BitConverter.UInt64BitsToDouble)
            .Where(double.IsFinite)
            .Select(number => number.ToString("E16", CultureInfo.InvariantCulture))
            .Chunk(100)
            .Select(chunk => $"[{string.Join(',', chunk)}]")
            .ToList();

        await Compare(literals, dice.ToString());
    }

    private static async Task Compare(List<string> documents, string dice)
    {
        var answers = await NodeProcess.RunAsync(
            Script, documents.Select(document => Convert.ToBase64String(Encoding.UTF8.GetBytes(document))), TestContext.Current.CancellationToken);

        Assert.Equal(documents.Count, answers.Length);
        Assert.All(documents.Zip(answers), pair =>
        {
            var expected = Encoding.UTF8.GetString(Convert.FromBase64String(pair.Second));
            var actual = Canonical.Of(pair.First);
            Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"{dice}\n{pair.First}\n{expected}\n{actual}");
        });
    }
}
