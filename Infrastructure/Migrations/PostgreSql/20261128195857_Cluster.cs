using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Repository.Infrastructure.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Cluster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cluster",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    issuer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cluster", x => x.id);
                });

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
                name: "join_tokens",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_date = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_join_tokens", x => x.token_hash);
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

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    node_id = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    ck = table.Column<byte[]>(type: "bytea", nullable: false),
                    sk = table.Column<byte[]>(type: "bytea", nullable: false),
                    public_endpoint = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    cluster_endpoint = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    dig_sig = table.Column<byte[]>(type: "bytea", nullable: false),
                    last_seen_date = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "cluster",
                columns: new[] { "id", "issuer", "revision" },
                values: new object[] { 1, null, 0L });

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

            migrationBuilder.CreateIndex(
                name: "IX_join_tokens_expires_date",
                table: "join_tokens",
                column: "expires_date");

            migrationBuilder.CreateIndex(
                name: "IX_nodes_node_id",
                table: "nodes",
                column: "node_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cluster");

            migrationBuilder.DropTable(
                name: "cluster_members");

            migrationBuilder.DropTable(
                name: "clusters");

            migrationBuilder.DropTable(
                name: "join_tokens");

            migrationBuilder.DropTable(
                name: "member_ids");

            migrationBuilder.DropTable(
                name: "nodes");
        }
    }
}
