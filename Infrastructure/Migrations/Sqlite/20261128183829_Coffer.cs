using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Repository.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Coffer : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "key_hash",
                table: "capabilities",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "user_guid",
                table: "capabilities",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "coffer",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "coffer_companions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    public_key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    registered_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_companions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "coffer_definitions",
                columns: table => new
                {
                    body_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    accepted_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_definitions", x => x.body_hash);
                });

            migrationBuilder.CreateTable(
                name: "coffer_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    public_key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    sealed_private_key = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "coffer_licences",
                columns: table => new
                {
                    client_key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    software_guid = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_licences", x => x.client_key);
                });

            migrationBuilder.CreateTable(
                name: "coffer_requests",
                columns: table => new
                {
                    request_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_requests", x => x.request_hash);
                });

            migrationBuilder.CreateTable(
                name: "coffer_secrets",
                columns: table => new
                {
                    client_key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    key = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    sealed_value = table.Column<byte[]>(type: "BLOB", nullable: false),
                    changed_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_secrets", x => new { x.client_key, x.key });
                });

            migrationBuilder.CreateTable(
                name: "coffer_shards",
                columns: table => new
                {
                    client_key = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_coffer_shards", x => x.client_key);
                });

            migrationBuilder.InsertData(
                table: "coffer",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_coffer_companions_public_key",
                table: "coffer_companions",
                column: "public_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_coffer_requests_expires_date",
                table: "coffer_requests",
                column: "expires_date");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "coffer");

            migrationBuilder.DropTable(
                name: "coffer_companions");

            migrationBuilder.DropTable(
                name: "coffer_definitions");

            migrationBuilder.DropTable(
                name: "coffer_key");

            migrationBuilder.DropTable(
                name: "coffer_licences");

            migrationBuilder.DropTable(
                name: "coffer_requests");

            migrationBuilder.DropTable(
                name: "coffer_secrets");

            migrationBuilder.DropTable(
                name: "coffer_shards");

            migrationBuilder.DropColumn(
                name: "key_hash",
                table: "capabilities");

            migrationBuilder.DropColumn(
                name: "user_guid",
                table: "capabilities");
        }
    }
}
