using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Publication;

public sealed class SqliteRevisionLogTests(SqliteFixture fixture) : RevisionLogTests(fixture), IClassFixture<SqliteFixture>;
