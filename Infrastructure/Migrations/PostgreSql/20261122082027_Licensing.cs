using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Repository.Infrastructure.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Licensing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "capabilities",
                columns: table => new
                {
                    capability_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    issuer_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    software_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    not_after = table.Column<long>(type: "bigint", nullable: true),
                    seat_limit = table.Column<long>(type: "bigint", nullable: false),
                    used_seats = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_capabilities", x => x.capability_guid);
                });

            migrationBuilder.CreateTable(
                name: "revocations",
                columns: table => new
                {
                    capability_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    issuer_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    revoked_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revocations", x => new { x.capability_guid, x.issuer_guid });
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    capability_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    machine_register_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    activated_date = table.Column<long>(type: "bigint", nullable: false),
                    released_date = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seats", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    spki = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_private_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    active_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signing_keys", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "software",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    software_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    issuer_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    is_deleted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_software", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "user_keys",
                columns: table => new
                {
                    user_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    spki = table.Column<byte[]>(type: "bytea", nullable: false),
                    added_date = table.Column<long>(type: "bigint", nullable: false),
                    replaced_date = table.Column<long>(type: "bigint", nullable: true),
                    revoked_date = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_keys", x => new { x.user_guid, x.key_hash });
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    user_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    sealing_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    registered_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.user_guid);
                });

            migrationBuilder.CreateIndex(
                name: "IX_seats_capability_guid_machine_register_hash",
                table: "seats",
                columns: new[] { "capability_guid", "machine_register_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seats_held",
                table: "seats",
                columns: new[] { "capability_guid", "id" },
                filter: "released_date IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_seats_released",
                table: "seats",
                columns: new[] { "capability_guid", "released_date" },
                filter: "released_date IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_software_issuer_guid_id",
                table: "software",
                columns: new[] { "issuer_guid", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_software_software_guid",
                table: "software",
                column: "software_guid",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "capabilities");

            migrationBuilder.DropTable(
                name: "revocations");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "signing_keys");

            migrationBuilder.DropTable(
                name: "software");

            migrationBuilder.DropTable(
                name: "user_keys");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
