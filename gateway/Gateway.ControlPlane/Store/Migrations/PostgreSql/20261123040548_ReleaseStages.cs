using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.ControlPlane.Store.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ReleaseStages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "held",
                table: "releases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "stage",
                table: "releases",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "incompatibilities",
                table: "instances",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "refused_revision",
                table: "instances",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "release_moves",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    principal = table.Column<string>(type: "text", nullable: false),
                    source_address = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    time = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_moves", x => x.number);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "release_moves");

            migrationBuilder.DropColumn(
                name: "held",
                table: "releases");

            migrationBuilder.DropColumn(
                name: "stage",
                table: "releases");

            migrationBuilder.DropColumn(
                name: "incompatibilities",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "refused_revision",
                table: "instances");
        }
    }
}
