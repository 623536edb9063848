using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.ControlPlane.Store.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "stage",
                table: "releases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "incompatibilities",
                table: "instances",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "refused_revision",
                table: "instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "release_moves",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    principal = table.Column<string>(type: "TEXT", nullable: false),
                    source_address = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    time = table.Column<long>(type: "INTEGER", nullable: false)
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
