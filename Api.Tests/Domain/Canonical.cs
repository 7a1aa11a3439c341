using System.Text;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Domain;

/// <summary>Canonical forms as text.</summary>
internal static class Canonical
{
    public const int MaxDepth = 32;

    public static string Of(string json) => Of(Encoding.UTF8.GetBytes(json));

    public static string Of(byte[] json)
    {
        using var output = new PooledBuffer(json.Length);
        Assert.True(CanonicalJson.TryWrite(json, MaxDepth, output, out var flaw), flaw);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string? FlawOf(string json) => FlawOf(Encoding.UTF8.GetBytes(json));

    public static string? FlawOf(byte[] json)
    {
        using var output = new PooledBuffer(json.Length);
        Assert.Equal(CanonicalJson.TryWrite(json, MaxDepth, output, out var flaw), flaw is null);
        return flaw;
    }
}
