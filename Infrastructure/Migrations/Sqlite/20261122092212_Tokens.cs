using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Repository.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Tokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "login_tokens",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    source_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    resource_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    secret_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: true),
                    created_date = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_date = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_login_tokens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "resources",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    resource_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    owner_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    allowed_peers = table.Column<string>(type: "TEXT", nullable: false),
                    created_date = table.Column<long>(type: "INTEGER", nullable: false),
                    pinned_windows = table.Column<long>(type: "INTEGER", nullable: false),
                    is_deleted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                columns: table => new
                {
                    token_id_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revoked_tokens", x => x.token_id_hash);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    session_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    user_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_date = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "spent_challenges",
                columns: table => new
                {
                    challenge_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_challenges", x => x.challenge_hash);
                });

            migrationBuilder.CreateTable(
                name: "window_keys",
                columns: table => new
                {
                    first_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    second_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    window_start = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    pinned_by_guid = table.Column<byte[]>(type: "BLOB", nullable: true),
                    pinned_date = table.Column<long>(type: "INTEGER", nullable: true),
                    retired_date = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_window_keys", x => new { x.first_guid, x.second_guid, x.window_start });
                });

            migrationBuilder.CreateIndex(
                name: "IX_login_tokens_resource_guid_id",
                table: "login_tokens",
                columns: new[] { "resource_guid", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_login_tokens_source_id",
                table: "login_tokens",
                column: "source_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_resources_owner_guid_id",
                table: "resources",
                columns: new[] { "owner_guid", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_resources_resource_guid",
                table: "resources",
                column: "resource_guid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_revoked_tokens_expires_date",
                table: "revoked_tokens",
                column: "expires_date");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_expires_date",
                table: "sessions",
                column: "expires_date");

            migrationBuilder.CreateIndex(
                name: "IX_spent_challenges_expires_date",
                table: "spent_challenges",
                column: "expires_date");

            migrationBuilder.CreateIndex(
                name: "ix_window_keys_passing",
                table: "window_keys",
                column: "window_start",
                filter: "pinned_date IS NULL AND retired_date IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_window_keys_pinned_first",
                table: "window_keys",
                columns: new[] { "first_guid", "window_start" },
                filter: "pinned_date IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_window_keys_pinned_second",
                table: "window_keys",
                columns: new[] { "second_guid", "window_start" },
                filter: "pinned_date IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "login_tokens");

            migrationBuilder.DropTable(
                name: "resources");

            migrationBuilder.DropTable(
                name: "revoked_tokens");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "spent_challenges");

            migrationBuilder.DropTable(
                name: "window_keys");
        }
    }
}
