using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Sites;

public sealed class SqliteSiteTests(SqliteFixture fixture) : SiteTests(fixture), IClassFixture<SqliteFixture>;
