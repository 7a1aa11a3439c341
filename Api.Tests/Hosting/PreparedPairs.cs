using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Repository.Api.Tests.Hosting;

/// <summary>
/// RSA pairs for the nodes of one test and its database, each given once. They are made once in a run and used by all tests, because making
/// one takes longer than most of them.
/// </summary>
/// <param name="first">Where to begin: two sets that meet in one test must not give the same pairs.</param>
public sealed class PreparedPairs(int first = 0)
{
    private const int Bits = 2048;

    private static readonly ConcurrentDictionary<int, Lazy<byte[]>> Made = new();

    private int _given = first;

    /// <summary>The next pair.</summary>
    public RSA Draw(int bits)
    {
        if (bits != Bits)
        {
            return RSA.Create(bits);
        }

        var made = Made.GetOrAdd(Interlocked.Increment(ref _given), static _ => new Lazy<byte[]>(Make));
        var pair = RSA.Create();
        pair.ImportPkcs8PrivateKey(made.Value, out _);
        return pair;
    }

    private static byte[] Make()
    {
        using var pair = RSA.Create(Bits);
        return pair.ExportPkcs8PrivateKey();
    }
}
