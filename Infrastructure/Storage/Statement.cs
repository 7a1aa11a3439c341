namespace Repository.Infrastructure.Storage;

/// <summary>
/// SQL for a hot path, prepared once per connection. One text serves both databases: parameters are <c>$1</c>, <c>$2</c>, … and
/// first appear in that order, because SQLite numbers them by first appearance and PostgreSQL by name.
/// </summary>
/// <param name="Sql">The text; instances are compared by reference, so keep one in a static field.</param>
public sealed record Statement(string Sql);
