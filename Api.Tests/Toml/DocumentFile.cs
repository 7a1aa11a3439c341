using System.Text;
using System.Text.RegularExpressions;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Toml;

/// <summary>The documents of a file beside this one; its first lines say how they are written.</summary>
internal static partial class DocumentFile
{
    /// <summary>Rows of name, document and what is expected of it.</summary>
    public static IEnumerable<TheoryDataRow<string, byte[], string>> Read(string file) =>
        from text in File.ReadAllText(Path.Combine(SourceTree.Root, "Api.Tests", "Toml", file)).Split("\n=== ")[1..]
        let nameEnd = text.IndexOf('\n', StringComparison.Ordinal)
        let documentEnd = text.LastIndexOf("\n---", StringComparison.Ordinal)
        select new TheoryDataRow<string, byte[], string>(
            text[..nameEnd],
            Bytes(documentEnd > nameEnd ? text[(nameEnd + 1)..documentEnd] : string.Empty),
            text[(documentEnd + "\n---".Length)..].Trim());

    /// <summary>UTF-8, but for what stands in hex between ⟦ and ⟧.</summary>
    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        var at = 0;
        foreach (Match hex in Hex().Matches(text))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text[at..hex.Index]));
            bytes.AddRange(Convert.FromHexString(hex.Groups["hex"].ValueSpan));
            at = hex.Index + hex.Length;
        }

        return [.. bytes, .. Encoding.UTF8.GetBytes(text[at..])];
    }

    [GeneratedRegex("⟦(?<hex>[0-9A-F]+)⟧", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hex();
}
