using System.Globalization;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;

namespace Repository.Api.Tests.Rooms;

/// <summary>What is left in the tables, which nobody can see through HTTP.</summary>
internal static class RoomRows
{
    public static async Task<int> CountAsync(RepositoryApp app, string table, CancellationToken ct) =>
        Convert.ToInt32(await app.ScalarSqlAsync($"SELECT COUNT(*) FROM {table}", ct), CultureInfo.InvariantCulture);
}
