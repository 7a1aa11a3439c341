using System.Globalization;
using System.Text.RegularExpressions;

namespace Repository.Infrastructure.Storage;

/// <summary>
/// SQL for a hot path, prepared once per connection. One text serves both databases: parameters are <c>$1</c>, <c>$2</c>, … and
/// first appear in that order, because SQLite numbers them by first appearance and PostgreSQL by name.
/// </summary>
public sealed partial class Statement
{
    /// <param name="sql">The text; instances are compared by reference, so keep one in a static field.</param>
    /// <exception cref="ArgumentException">Its parameters first appear in another order: SQLite would take each for another.</exception>
    public Statement(string sql)
    {
        var highest = 0;
        foreach (var parameter in Parameter().EnumerateMatches(sql))
        {
            var number = int.Parse(sql.AsSpan(parameter.Index + 1, parameter.Length - 1), CultureInfo.InvariantCulture);
            if (number == 0 || number > highest + 1)
            {
                throw new ArgumentException($"${number} appears before ${highest + 1}.", nameof(sql));
            }

            highest = Math.Max(highest, number);
        }

        Sql = sql;
    }

    public string Sql { get; }

    [GeneratedRegex(@"\$[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
