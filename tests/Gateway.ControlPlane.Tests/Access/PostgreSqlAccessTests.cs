using System.Net;
using Gateway.ControlPlane.Tests.Fixtures;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Access;

public sealed class PostgreSqlAccessTests(PostgreSqlFixture fixture) : AccessTests(fixture), IClassFixture<PostgreSqlFixture>
{
    [Fact]
    public async Task A_token_that_was_made_through_one_control_plane_works_at_another_and_ends_there_when_it_is_revoked()
    {
        var options = await OptionsAsync();
        await using var one = await RunningAdminApi.StartAsync(options);
        await using var other = await RunningAdminApi.StartAsync(options);
        var (id, token) = await CreateAsync(one, new { name = "ci", role = "viewer" });
        Assert.Equal("token:ci", (string?)(await GetAsync(other, "/whoami", token))["principal"]);

        using var revoked = await SendAsync(one, HttpMethod.Delete, $"/tokens/{id}", AdminToken);

        await Eventually.TrueAsync(async () =>
        {
            using var refused = await SendAsync(other, HttpMethod.Get, "/whoami", token);
            return refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests;
        });
    }

    [Fact]
    public async Task What_one_control_plane_did_is_in_the_audit_log_of_the_other()
    {
        var options = await OptionsAsync();
        await using var one = await RunningAdminApi.StartAsync(options);
        await using var other = await RunningAdminApi.StartAsync(options);
        await CreateAsync(one, new { name = "ci", role = "viewer" });

        await Eventually.TrueAsync(async () => (await GetAsync(other, "/audit", AdminToken))["data"]!.AsArray().Any(record => (string?)record!["path"] == "/tokens"));
    }
}
