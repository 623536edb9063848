using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Sites;

public sealed class SqliteEnrollmentTests(SqliteFixture fixture) : EnrollmentTests(fixture), IClassFixture<SqliteFixture>;
