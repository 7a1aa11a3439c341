using Npgsql;
using Repository.Domain.Rooms;

namespace Repository.Api.Tests.Rooms;

/// <summary>Writes into a room's log past the server, which then signals nothing.</summary>
internal static class SilentWrites
{
    extension(NpgsqlConnection writer)
    {
        /// <summary>Appends that a user asked to join.</summary>
        public async Task AppendSilentlyAsync(string room, string user, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(
                """
                WITH taken AS (
                    UPDATE rooms SET last_sequence = last_sequence + 1 WHERE room_id = decode($1, 'hex')
                    RETURNING room_id, last_sequence, message_count)
                INSERT INTO room_events (room_id, sequence, type, message_number, date, user_guid)
                SELECT room_id, last_sequence, $3, message_count, 0, decode($2, 'hex') FROM taken
                """,
                writer);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = room });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = user });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)RoomEventType.Requested });
            Assert.Equal(1, await command.ExecuteNonQueryAsync(ct));
        }
    }
}
