using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Repository.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditHeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_countersignatures",
                columns: table => new
                {
                    node_id = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    date = table.Column<long>(type: "INTEGER", nullable: false),
                    signature = table.Column<byte[]>(type: "BLOB", maxLength: 384, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_countersignatures", x => new { x.node_id, x.sequence });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_countersignatures");
        }
    }
}
