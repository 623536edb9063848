using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class SqliteEntityVersionTests(SqliteFixture fixture) : EntityVersionTests(fixture), IClassFixture<SqliteFixture>;
