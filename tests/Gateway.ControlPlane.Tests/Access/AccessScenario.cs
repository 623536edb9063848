using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>An Admin API that asks who calls, and calls of it.</summary>
public abstract class AccessScenario(StoreFixture fixture)
{
    private protected const string AdminToken = "an-admin-token-of-more-than-32-characters";

    private protected StoreFixture Fixture => fixture;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected async Task<ControlPlaneOptions> OptionsAsync() =>
        await fixture.NewDatabaseAsync() with { Access = new AccessOptions { Required = true, AdminToken = AdminToken } };

    private protected async Task<RunningAdminApi> StartAsync(TimeProvider? time = null) => await RunningAdminApi.StartAsync(await OptionsAsync(), time);

    private protected static async Task<(string Id, string Token)> CreateAsync(RunningAdminApi api, object token)
    {
        using var response = await SendAsync(api, HttpMethod.Post, "/tokens", AdminToken, token);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        Assert.True(response.StatusCode is HttpStatusCode.Created, body.ToJsonString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return ((string)body["id"]!, (string)body["token"]!);
    }

    private protected static async Task<JsonObject> GetAsync(RunningAdminApi api, string path, string token)
    {
        using var response = await SendAsync(api, HttpMethod.Get, path, token);
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {body}");
        return (JsonObject)JsonNode.Parse(body)!;
    }

    private protected static async Task<HttpResponseMessage> SendAsync(RunningAdminApi api, HttpMethod method, string path, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await api.Client.SendAsync(request, Token);
    }

    private protected static async Task<string> MessageAsync(HttpResponseMessage response) =>
        (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["message"]!;
}
