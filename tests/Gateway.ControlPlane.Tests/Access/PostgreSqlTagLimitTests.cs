using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

public sealed class PostgreSqlTagLimitTests(PostgreSqlFixture fixture) : TagLimitTests(fixture), IClassFixture<PostgreSqlFixture>;
