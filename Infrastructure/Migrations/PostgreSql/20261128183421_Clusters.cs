using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Repository.Infrastructure.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Clusters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cluster_members",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cluster = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    node_id = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    attrs = table.Column<long>(type: "bigint", nullable: false),
                    ck = table.Column<byte[]>(type: "bytea", nullable: false),
                    sk = table.Column<byte[]>(type: "bytea", nullable: false),
                    endpoints = table.Column<string>(type: "text", nullable: false),
                    dig_sig = table.Column<byte[]>(type: "bytea", nullable: false),
                    user_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    joined_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cluster_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clusters",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cluster_id = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    max_size = table.Column<int>(type: "integer", nullable: false),
                    endpoint_count = table.Column<int>(type: "integer", nullable: false),
                    attrs = table.Column<long>(type: "bigint", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false),
                    creator_guid = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    created_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clusters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "member_ids",
                columns: table => new
                {
                    node_id = table.Column<byte[]>(type: "bytea", maxLength: 20, nullable: false),
                    sk_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    uses = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_ids", x => x.node_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_cluster_members_cluster_id",
                table: "cluster_members",
                columns: new[] { "cluster", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_cluster_members_cluster_name",
                table: "cluster_members",
                columns: new[] { "cluster", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cluster_members_cluster_node_id",
                table: "cluster_members",
                columns: new[] { "cluster", "node_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clusters_cluster_id",
                table: "clusters",
                column: "cluster_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clusters_name",
                table: "clusters",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cluster_members");

            migrationBuilder.DropTable(
                name: "clusters");

            migrationBuilder.DropTable(
                name: "member_ids");
        }
    }
}
