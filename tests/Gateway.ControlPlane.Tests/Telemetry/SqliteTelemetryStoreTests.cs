using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Telemetry;

public sealed class SqliteTelemetryStoreTests(SqliteFixture fixture) : TelemetryStoreTests(fixture), IClassFixture<SqliteFixture>;
