using System.Globalization;
using System.Runtime.InteropServices;

namespace Repository.Domain.Encoding.Toml;

/// <summary>A place in a document.</summary>
/// <param name="Line">From 1. A line ends with LF or CRLF, also inside a string.</param>
/// <param name="Column">From 1, in Unicode scalar values; a byte-order mark is none of them, a tab is one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TomlPosition(int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
