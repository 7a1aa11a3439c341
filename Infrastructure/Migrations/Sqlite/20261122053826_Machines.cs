using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Repository.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Machines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    date = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    scope = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    body_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    sealed_answer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expires_date = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => x.scope);
                });

            migrationBuilder.CreateTable(
                name: "key_check",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    value = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key_check", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "machines",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    machine_register_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    hash_state = table.Column<int>(type: "INTEGER", nullable: false),
                    previous_machine_register_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    registered_date = table.Column<long>(type: "INTEGER", nullable: false),
                    last_accessed_date = table.Column<long>(type: "INTEGER", nullable: false),
                    previous_accessed_date = table.Column<long>(type: "INTEGER", nullable: true),
                    request_id = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    mismatch_count = table.Column<long>(type: "INTEGER", nullable: false),
                    last_mismatch_date = table.Column<long>(type: "INTEGER", nullable: true),
                    audited_mismatch_second = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_machines", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "id", "hash", "sequence" },
                values: new object[] { 1, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_expires_date",
                table: "idempotency",
                column: "expires_date");

            migrationBuilder.CreateIndex(
                name: "IX_machines_machine_register_hash",
                table: "machines",
                column: "machine_register_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_machines_disabled",
                table: "machines",
                column: "id",
                filter: "hash_state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_machines_mismatched",
                table: "machines",
                column: "id",
                filter: "mismatch_count > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "key_check");

            migrationBuilder.DropTable(
                name: "machines");
        }
    }
}
