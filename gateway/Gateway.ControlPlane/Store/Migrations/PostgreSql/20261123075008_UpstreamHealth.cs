using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.ControlPlane.Store.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class UpstreamHealth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "instance_upstreams",
                columns: table => new
                {
                    instance = table.Column<Guid>(type: "uuid", nullable: false),
                    upstream = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instance_upstreams", x => new { x.instance, x.upstream });
                    table.ForeignKey(
                        name: "FK_instance_upstreams_instances_instance",
                        column: x => x.instance,
                        principalTable: "instances",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_instance_upstreams_upstream",
                table: "instance_upstreams",
                column: "upstream");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "instance_upstreams");
        }
    }
}
