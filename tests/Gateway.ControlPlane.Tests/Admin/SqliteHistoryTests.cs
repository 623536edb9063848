using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Admin;

public sealed class SqliteHistoryTests(SqliteFixture fixture) : HistoryTests(fixture), IClassFixture<SqliteFixture>;
