using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Repository.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rooms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "room_client_messages",
                columns: table => new
                {
                    room_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    client_message_id = table.Column<byte[]>(type: "BLOB", maxLength: 128, nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    posted_date = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_room_client_messages", x => new { x.room_id, x.user_guid, x.client_message_id });
                });

            migrationBuilder.CreateTable(
                name: "room_events",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    room_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    message_number = table.Column<long>(type: "INTEGER", nullable: false),
                    date = table.Column<long>(type: "INTEGER", nullable: false),
                    user_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    by_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: true),
                    ciphertext = table.Column<byte[]>(type: "BLOB", nullable: true),
                    signature = table.Column<byte[]>(type: "BLOB", nullable: true),
                    client_message_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    changes = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_room_events", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "room_keys",
                columns: table => new
                {
                    room_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_room_keys", x => new { x.room_id, x.user_guid, x.epoch });
                });

            migrationBuilder.CreateTable(
                name: "room_members",
                columns: table => new
                {
                    room_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    place = table.Column<long>(type: "INTEGER", nullable: false),
                    joined_date = table.Column<long>(type: "INTEGER", nullable: true),
                    joined_sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_room_members", x => new { x.room_id, x.user_guid });
                });

            migrationBuilder.CreateTable(
                name: "rooms",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    room_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    owner_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    info = table.Column<string>(type: "TEXT", nullable: true),
                    capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    member_count = table.Column<int>(type: "INTEGER", nullable: false),
                    admission = table.Column<int>(type: "INTEGER", nullable: false),
                    history_limit = table.Column<int>(type: "INTEGER", nullable: true),
                    retention_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    rekey_required = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_date = table.Column<long>(type: "INTEGER", nullable: false),
                    last_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    departed_sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    message_count = table.Column<long>(type: "INTEGER", nullable: false),
                    last_place = table.Column<long>(type: "INTEGER", nullable: false),
                    is_deleted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rooms", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_room_client_messages_expires_date",
                table: "room_client_messages",
                column: "expires_date",
                filter: "expires_date IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_room_events_room_id_number",
                table: "room_events",
                columns: new[] { "room_id", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_room_events_room_id_sequence",
                table: "room_events",
                columns: new[] { "room_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_room_keys_room_id_epoch",
                table: "room_keys",
                columns: new[] { "room_id", "epoch" });

            migrationBuilder.CreateIndex(
                name: "IX_room_members_room_id_place",
                table: "room_members",
                columns: new[] { "room_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_room_members_user_guid",
                table: "room_members",
                column: "user_guid");

            migrationBuilder.CreateIndex(
                name: "IX_rooms_room_id",
                table: "rooms",
                column: "room_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rooms_swept",
                table: "rooms",
                column: "id",
                filter: "is_deleted OR history_limit IS NOT NULL OR retention_seconds IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "room_client_messages");

            migrationBuilder.DropTable(
                name: "room_events");

            migrationBuilder.DropTable(
                name: "room_keys");

            migrationBuilder.DropTable(
                name: "room_members");

            migrationBuilder.DropTable(
                name: "rooms");
        }
    }
}
