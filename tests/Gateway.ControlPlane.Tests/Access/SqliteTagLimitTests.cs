using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

public sealed class SqliteTagLimitTests(SqliteFixture fixture) : TagLimitTests(fixture), IClassFixture<SqliteFixture>;
