using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Publication.Releases;

public sealed class SqliteReleaseTests(SqliteFixture fixture) : ReleaseTests(fixture), IClassFixture<SqliteFixture>;
