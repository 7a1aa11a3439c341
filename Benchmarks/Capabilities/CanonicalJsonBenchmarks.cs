using System.Text;
using BenchmarkDotNet.Attributes;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Benchmarks.Capabilities;

/// <summary>What reading a capability file of about 1 KiB costs before its signature is looked at, and whether the order of its members matters.</summary>
[MemoryDiagnoser]
public class CanonicalJsonBenchmarks
{
    private const string Features =
        """
        "features":{"edition":"professional","export":true,"import":true,"limits":{"documents":25000,"layers":64,"users":250},"modules":
        ["editor","renderer","simulation","reporting"],"quota":12.5,"region":"europe","support":{"hours":"around the clock","level":3}}
        """;

    private static readonly string[] Sorted =
    [
        "\"customer\":{\"city\":\"Darmstadt\",\"name\":\"Müller & Söhne GmbH\",\"number\":\"C-2026-004711\"}",
        Features,
        "\"issuerGuid\":\"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4\"",
        "\"machines\":25",
        "\"notAfter\":\"2027-11-21T19:19:00Z\"",
        "\"notBefore\":\"2026-11-21T20:19:00+01:00\"",
        "\"order\":\"2026-11-21/117\"",
        "\"remark\":\"Issued under the frame contract of the year 2026; valid for all sites of the customer in Europe.\"",
        "\"seats\":[{\"city\":\"Darmstadt\",\"count\":12},{\"city\":\"København\",\"count\":8},{\"city\":\"Zürich\",\"count\":5}]",
        "\"sites\":{\"darmstadt\":{\"address\":\"Rheinstraße 99\",\"floor\":2},\"zürich\":{\"address\":\"Bahnhofstrasse 7\",\"floor\":11}}",
        "\"softwareGuid\":\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"",
    ];

    private static readonly int[] Order = [4, 8, 10, 2, 0, 6, 1, 9, 7, 3, 5];

    private readonly byte[] _sorted = Content(Sorted);
    private readonly byte[] _shuffled = Content([.. Order.Select(index => Sorted[index])]);
    private readonly byte[] _file = Encoding.UTF8.GetBytes(
        $"{{\"content\":{Encoding.UTF8.GetString(Content(Sorted))},\"verification\":{{\"algorithm\":\"EdDSA\",\"signature\":\"{Convert.ToBase64String(new byte[64])}\"}}}}");

    [Benchmark(Baseline = true)]
    public bool SortedContent() => Write(_sorted);

    [Benchmark]
    public bool ShuffledContent() => Write(_shuffled);

    [Benchmark]
    public bool WholeFile() => CapabilityFile.TryParse(_file, out _, out _);

    private static bool Write(byte[] json)
    {
        using var output = new PooledBuffer(json.Length);
        return CanonicalJson.TryWrite(json, CapabilityFile.MaxDepth, output, out _);
    }

    private static byte[] Content(string[] members) => Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
}
