using System.Globalization;
using System.Text;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Rooms;

/// <summary>Writes the wrapped keys of an epoch: up to 10,000 of them, many to a statement, because the room is held meanwhile.</summary>
public static class RoomKeys
{
    /// <summary>Any number of keys takes few statements, and few different ones, so that each is prepared once.</summary>
    private static readonly (int Rows, Statement Insert)[] Inserts = [.. ((int[])[500, 20, 1]).Select(static rows => (rows, Make(rows)))];

    /// <summary>Stores a key for each user.</summary>
    public static async ValueTask StoreKeysAsync(
        this WriteTransaction transaction,
        RoomId room,
        long epoch,
        IReadOnlyDictionary<HashIdentifier, byte[]> keys,
        CancellationToken ct)
    {
        var left = new Queue<KeyValuePair<HashIdentifier, byte[]>>(keys);
        foreach (var (rows, insert) in Inserts)
        {
            while (left.Count >= rows)
            {
                var values = new List<SqlValue>(2 + (2 * rows)) { SqlValue.Of(room), SqlValue.Of(epoch) };
                for (var i = 0; i < rows; i++)
                {
                    var (user, key) = left.Dequeue();
                    values.Add(SqlValue.Of(user));
                    values.Add(SqlValue.Of(key));
                }

                await transaction.ExecuteAsync(insert, values.ToArray(), ct);
            }
        }
    }

    private static Statement Make(int rows)
    {
        var sql = new StringBuilder("INSERT INTO room_keys (room_id, epoch, user_guid, wrapped_key) VALUES ");
        for (var i = 0; i < rows; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}($1, $2, ${(2 * i) + 3}, ${(2 * i) + 4})");
        }

        return new Statement(sql.ToString());
    }
}
