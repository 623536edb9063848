using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Telemetry;

public sealed class PostgreSqlTelemetryStoreTests(PostgreSqlFixture fixture) : TelemetryStoreTests(fixture), IClassFixture<PostgreSqlFixture>;
