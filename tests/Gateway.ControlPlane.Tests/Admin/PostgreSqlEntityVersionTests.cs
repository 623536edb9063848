using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class PostgreSqlEntityVersionTests(PostgreSqlFixture fixture) : EntityVersionTests(fixture), IClassFixture<PostgreSqlFixture>;
