using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin.BadInput;

public sealed class SqliteBadInputTests(SqliteFixture fixture) : BadInputTests(fixture), IClassFixture<SqliteFixture>;
