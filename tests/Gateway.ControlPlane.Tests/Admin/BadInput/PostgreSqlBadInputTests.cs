using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin.BadInput;

public sealed class PostgreSqlBadInputTests(PostgreSqlFixture fixture) : BadInputTests(fixture), IClassFixture<PostgreSqlFixture>;
