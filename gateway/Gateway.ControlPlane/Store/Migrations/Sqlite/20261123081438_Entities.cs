using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.ControlPlane.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Entities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "client_certificate_id",
                table: "upstreams",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "client_certificate_id",
                table: "services",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "consumer_group_id",
                table: "plugins",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "acls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unique_key = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_acls", x => x.id);
                    table.ForeignKey(
                        name: "FK_acls_consumers_consumer_id",
                        column: x => x.consumer_id,
                        principalTable: "consumers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "basicauth_credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    username = table.Column<string>(type: "TEXT", nullable: true),
                    consumer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_basicauth_credentials", x => x.id);
                    table.ForeignKey(
                        name: "FK_basicauth_credentials_consumers_consumer_id",
                        column: x => x.consumer_id,
                        principalTable: "consumers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ca_certificates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cert_digest = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ca_certificates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "certificates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_certificates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "consumer_groups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consumer_groups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jwt_secrets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: true),
                    consumer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jwt_secrets", x => x.id);
                    table.ForeignKey(
                        name: "FK_jwt_secrets_consumers_consumer_id",
                        column: x => x.consumer_id,
                        principalTable: "consumers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "key_sets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key_sets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vaults",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    prefix = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_vaults", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mtls_auth_credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ca_certificate_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    unique_key = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mtls_auth_credentials", x => x.id);
                    table.ForeignKey(
                        name: "FK_mtls_auth_credentials_ca_certificates_ca_certificate_id",
                        column: x => x.ca_certificate_id,
                        principalTable: "ca_certificates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_mtls_auth_credentials_consumers_consumer_id",
                        column: x => x.consumer_id,
                        principalTable: "consumers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "snis",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    certificate_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_snis", x => x.id);
                    table.ForeignKey(
                        name: "FK_snis_certificates_certificate_id",
                        column: x => x.certificate_id,
                        principalTable: "certificates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "consumer_group_consumers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer_group_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unique_key = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consumer_group_consumers", x => x.id);
                    table.ForeignKey(
                        name: "FK_consumer_group_consumers_consumer_groups_consumer_group_id",
                        column: x => x.consumer_group_id,
                        principalTable: "consumer_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_consumer_group_consumers_consumers_consumer_id",
                        column: x => x.consumer_id,
                        principalTable: "consumers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    set_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    unique_key = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keys", x => x.id);
                    table.ForeignKey(
                        name: "FK_keys_key_sets_set_id",
                        column: x => x.set_id,
                        principalTable: "key_sets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_upstreams_client_certificate_id",
                table: "upstreams",
                column: "client_certificate_id");

            migrationBuilder.CreateIndex(
                name: "IX_services_client_certificate_id",
                table: "services",
                column: "client_certificate_id");

            migrationBuilder.CreateIndex(
                name: "IX_plugins_consumer_group_id",
                table: "plugins",
                column: "consumer_group_id");

            migrationBuilder.CreateIndex(
                name: "IX_acls_consumer_id",
                table: "acls",
                column: "consumer_id");

            migrationBuilder.CreateIndex(
                name: "IX_acls_unique_key",
                table: "acls",
                column: "unique_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_basicauth_credentials_consumer_id",
                table: "basicauth_credentials",
                column: "consumer_id");

            migrationBuilder.CreateIndex(
                name: "IX_basicauth_credentials_username",
                table: "basicauth_credentials",
                column: "username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ca_certificates_cert_digest",
                table: "ca_certificates",
                column: "cert_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_consumer_group_consumers_consumer_group_id",
                table: "consumer_group_consumers",
                column: "consumer_group_id");

            migrationBuilder.CreateIndex(
                name: "IX_consumer_group_consumers_consumer_id",
                table: "consumer_group_consumers",
                column: "consumer_id");

            migrationBuilder.CreateIndex(
                name: "IX_consumer_group_consumers_unique_key",
                table: "consumer_group_consumers",
                column: "unique_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_consumer_groups_name",
                table: "consumer_groups",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jwt_secrets_consumer_id",
                table: "jwt_secrets",
                column: "consumer_id");

            migrationBuilder.CreateIndex(
                name: "IX_jwt_secrets_key",
                table: "jwt_secrets",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_key_sets_name",
                table: "key_sets",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_keys_name",
                table: "keys",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_keys_set_id",
                table: "keys",
                column: "set_id");

            migrationBuilder.CreateIndex(
                name: "IX_keys_unique_key",
                table: "keys",
                column: "unique_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mtls_auth_credentials_ca_certificate_id",
                table: "mtls_auth_credentials",
                column: "ca_certificate_id");

            migrationBuilder.CreateIndex(
                name: "IX_mtls_auth_credentials_consumer_id",
                table: "mtls_auth_credentials",
                column: "consumer_id");

            migrationBuilder.CreateIndex(
                name: "IX_mtls_auth_credentials_unique_key",
                table: "mtls_auth_credentials",
                column: "unique_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_snis_certificate_id",
                table: "snis",
                column: "certificate_id");

            migrationBuilder.CreateIndex(
                name: "IX_snis_name",
                table: "snis",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_vaults_prefix",
                table: "vaults",
                column: "prefix",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_plugins_consumer_groups_consumer_group_id",
                table: "plugins",
                column: "consumer_group_id",
                principalTable: "consumer_groups",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_services_certificates_client_certificate_id",
                table: "services",
                column: "client_certificate_id",
                principalTable: "certificates",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_upstreams_certificates_client_certificate_id",
                table: "upstreams",
                column: "client_certificate_id",
                principalTable: "certificates",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_plugins_consumer_groups_consumer_group_id",
                table: "plugins");

            migrationBuilder.DropForeignKey(
                name: "FK_services_certificates_client_certificate_id",
                table: "services");

            migrationBuilder.DropForeignKey(
                name: "FK_upstreams_certificates_client_certificate_id",
                table: "upstreams");

            migrationBuilder.DropTable(
                name: "acls");

            migrationBuilder.DropTable(
                name: "basicauth_credentials");

            migrationBuilder.DropTable(
                name: "consumer_group_consumers");

            migrationBuilder.DropTable(
                name: "jwt_secrets");

            migrationBuilder.DropTable(
                name: "keys");

            migrationBuilder.DropTable(
                name: "mtls_auth_credentials");

            migrationBuilder.DropTable(
                name: "snis");

            migrationBuilder.DropTable(
                name: "vaults");

            migrationBuilder.DropTable(
                name: "consumer_groups");

            migrationBuilder.DropTable(
                name: "key_sets");

            migrationBuilder.DropTable(
                name: "ca_certificates");

            migrationBuilder.DropTable(
                name: "certificates");

            migrationBuilder.DropIndex(
                name: "IX_upstreams_client_certificate_id",
                table: "upstreams");

            migrationBuilder.DropIndex(
                name: "IX_services_client_certificate_id",
                table: "services");

            migrationBuilder.DropIndex(
                name: "IX_plugins_consumer_group_id",
                table: "plugins");

            migrationBuilder.DropColumn(
                name: "client_certificate_id",
                table: "upstreams");

            migrationBuilder.DropColumn(
                name: "client_certificate_id",
                table: "services");

            migrationBuilder.DropColumn(
                name: "consumer_group_id",
                table: "plugins");
        }
    }
}
