using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class PostgreSqlHistoryTests(PostgreSqlFixture fixture) : HistoryTests(fixture), IClassFixture<PostgreSqlFixture>;
