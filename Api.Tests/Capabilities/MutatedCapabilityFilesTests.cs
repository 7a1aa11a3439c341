using System.Diagnostics;
using Repository.Api.Tests.Domain;
using Repository.Domain.Capabilities;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Damaged and hostile files: none throws, none takes long, and none is taken for another one.</summary>
public sealed class MutatedCapabilityFilesTests
{
    private const int Mutations = 100_000;

    private static readonly string Rich = CapabilityText.With(
        """
        "machines":25,"notAfter":"2027-11-21T19:19:00.123456789-08:00","notBefore":"2026-11-21T19:19:00Z","zé":"\ud83d\ude00\n\u001f😀",
        "features":{"b":[1,2.5,1e30,-0,null,true,false,[],{}],"a":{"x":{"y":[[["deep"]]]}}},"n":9007199254740992
        """);

    [Fact]
    public void A_file_with_random_bytes_changed_never_throws()
    {
        var dice = new Dice();
        var valid = CapabilityText.Utf8(Rich);
        var known = Reading.Of(Rich).CapabilityGuid;
        var read = 0;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Mutations; i++)
        {
            var file = Mutate(dice, valid);
            var isRead = CapabilityFile.TryParse(file, out var capability, out var flaw);

            Assert.True(isRead == capability is not null && isRead == flaw is null, dice.ToString());
            read += isRead && capability!.CapabilityGuid != known ? 1 : 0;
        }

        // Many times what it takes: a bound on what is slow by orders of magnitude, not a measurement.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.InRange(read, 1, Mutations - 1);
    }

    [Fact]
    public void Every_file_cut_short_is_refused()
    {
        var valid = CapabilityText.Utf8(Rich);

        Assert.All(Enumerable.Range(0, valid.Length), length => Reading.FlawOf(valid.AsSpan(0, length)));
    }

    [Fact]
    public void Every_flaw_is_a_sentence_that_quotes_nothing()
    {
        const string Marker = "Zyzzyva";
        string[] files =
        [
            Marker,
            $"{{\"{Marker}\":1,\"{Marker}\":2}}",
            $"{{\"{Marker}\":\"{Marker}\\ud800\"}}",
            $"{{\"{Marker}\":{Marker}}}",
            CapabilityText.Of($"\"{Marker}\""),
            CapabilityText.Of($"{{\"issuerGuid\":\"{Marker}\"}}"),
            CapabilityText.With($"\"notAfter\":\"{Marker}\""),
            CapabilityText.With($"\"machines\":\"{Marker}\""),
            CapabilityText.Of(CapabilityText.Content, $"{{\"algorithm\":\"{Marker}\",\"signature\":\"{Marker}\"}}"),
            CapabilityText.Of(CapabilityText.Content, $"{{\"algorithm\":\"EdDSA\",\"signature\":\"{Marker}\"}}"),
        ];

        Assert.All(files, file =>
        {
            var flaw = Reading.FlawOf(file);
            Assert.DoesNotContain(Marker, flaw, StringComparison.OrdinalIgnoreCase);
            Assert.EndsWith(".", flaw, StringComparison.Ordinal);
        });
    }

    private static byte[] Mutate(Dice dice, byte[] valid)
    {
        var file = valid.ToList();
        for (var changes = 1 + dice.Next(3); changes > 0; changes--)
        {
            var at = dice.Next(file.Count);
            switch (dice.Next(4))
            {
                case 0:
                    file[at] ^= (byte)(1 << dice.Next(8));
                    break;
                case 1:
                    file[at] = dice.Pick("{}[]\",:\\u0e-.9 \0"u8);
                    break;
                case 2:
                    file.RemoveRange(at, Math.Min(1 + dice.Next(8), file.Count - at - 1));
                    break;
                default:
                    file.InsertRange(at, file.GetRange(at, Math.Min(1 + dice.Next(40), file.Count - at)));
                    break;
            }
        }

        return [.. file];
    }
}
