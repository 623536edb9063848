using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Publication;

public sealed class PostgreSqlRevisionLogTests(PostgreSqlFixture fixture) : RevisionLogTests(fixture), IClassFixture<PostgreSqlFixture>;
