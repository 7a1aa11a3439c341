using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Repository.Api.Tests.Domain;

/// <summary>Cheap numbers by splitmix64 for loops of many rounds. Its text, in a failure's message, is what repeats a run.</summary>
internal sealed class Dice
{
    private readonly ulong _seed;
    private ulong _state;

    public Dice()
        : this(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))))
    {
    }

    public Dice(ulong seed) => _seed = _state = seed;

    public ulong NextBits()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>From 0 to just under the bound.</summary>
    public int Next(int bound) => (int)(NextBits() % (ulong)bound);

    public bool Toss() => Next(2) == 0;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new Dice(0x{_seed:x})");
}
