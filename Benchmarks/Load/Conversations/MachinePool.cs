using System.Security.Cryptography;
using System.Text;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// Machines by number: the hash that each registers under and the date that it holds, as the ASCII bytes that go into a request.
/// Each machine is spoken for by one conversation at a time.
/// </summary>
internal sealed class MachinePool
{
    public const int HashBytes = 64;
    public const int DateBytes = 28;

    private readonly byte[] _hashes;
    private readonly byte[] _dates;

    public MachinePool(int count)
    {
        Count = count;
        _hashes = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(count * HashBytes, lowercase: true));
        _dates = new byte[count * DateBytes];
    }

    public int Count { get; }

    public Span<byte> Hash(int machine) => _hashes.AsSpan(machine * HashBytes, HashBytes);

    public Span<byte> Date(int machine) => _dates.AsSpan(machine * DateBytes, DateBytes);

    /// <summary>Deals the first machines out to connections, in random order: neighbours in the database are not asked in turn.</summary>
    public IEnumerable<MachineTurns> Share(int machines, int connections)
    {
        var numbers = Enumerable.Range(0, Math.Min(machines, Count)).ToArray();
        RandomNumberGenerator.Shuffle<int>(numbers);
        return Enumerable.Range(0, connections).Select(connection => new MachineTurns(this, EveryNth(numbers, connection, connections)));
    }

    private static int[] EveryNth(int[] numbers, int first, int step)
    {
        var share = new List<int>((numbers.Length / step) + 1);
        for (var i = first; i < numbers.Length; i += step)
        {
            share.Add(numbers[i]);
        }

        return [.. share];
    }
}
