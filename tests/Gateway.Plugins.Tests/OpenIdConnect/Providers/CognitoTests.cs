using System.Net.NetworkInformation;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.OpenIdConnect.Providers;

/// <summary>Against <c>cognito-local</c>: tokens with a user pool's claims, as the documentation's example takes them.</summary>
public sealed class CognitoTests : IAsyncDisposable
{
    // Its discovery document says so, wherever it listens.
    private const int Port = 9229;

    // It wants addresses for names.
    private const string Ann = "ann@example.com";
    private const string Bob = "bob@example.com";

    private readonly HttpClient _cognito = new() { BaseAddress = new Uri($"http://localhost:{Port}") };
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito").FullName;

    [Fact]
    public async Task A_pool_s_access_token_lets_a_user_pass_by_client_consumer_and_group()
    {
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(static listener => listener.Port == Port))
        {
            Assert.Skip($"port {Port} is in use");
        }

        await using var server = await NodeServer.StartAsync(Path.Combine(NodeServer.Modules, "cognito-local", "lib", "bin", "start.js"), _folder, "running on", ("PORT", $"{Port}"));
        var pool = (string)(await AskAsync("CreateUserPool", new JsonObject { ["PoolName"] = "users" }))["UserPool"]!["Id"]!;
        var client = await ClientAsync(pool);
        var other = await ClientAsync(pool);
        var known = await UserAsync(pool, Ann, "buyers");
        await UserAsync(pool, Bob, group: null);
        await using var plane = await PluginHarness.StartAsync();
        plane.Time.Advance(TimeProvider.System.GetUtcNow() - plane.Time.GetUtcNow());
        plane.Configuration.Consumer(known);
        plane.Configuration.Plugin("openid-connect", new JsonObject
        {
            ["issuer"] = $"http://localhost:{Port}/{pool}",
            ["auth_methods"] = new JsonArray("bearer"),
            ["audience_required"] = new JsonArray(client),
            ["audience_claim"] = new JsonArray("client_id"),
            ["consumer_claim"] = new JsonArray("username"),
            ["consumer_optional"] = true,
            ["authenticated_groups_claim"] = new JsonArray("cognito:groups"),
        });
        await plane.ApplyAsync();

        Assert.Equal(200, await CallAsync(plane, await SignInAsync(client, Ann)));
        Assert.Equal(known, plane.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal(200, await CallAsync(plane, await SignInAsync(client, Bob)));
        Assert.Equal(403, await CallAsync(plane, await SignInAsync(other, Ann)));
        Assert.Equal(401, await CallAsync(plane, (await SignInAsync(client, Ann))[..^8] + "AAAAAAAA"));

        plane.Configuration.Plugin("acl", new JsonObject { ["allow"] = new JsonArray("buyers"), ["always_use_authenticated_groups"] = true });
        await plane.ApplyAsync(2);
        Assert.Equal(200, await CallAsync(plane, await SignInAsync(client, Ann)));
        Assert.Equal(403, await CallAsync(plane, await SignInAsync(client, Bob)));
    }

    public ValueTask DisposeAsync()
    {
        _cognito.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<int> CallAsync(PluginHarness plane, string token) => (await plane.GetAsync("/x", ("Authorization", "Bearer " + token))).Status;

    private async Task<string> ClientAsync(string pool) =>
        (string)(await AskAsync("CreateUserPoolClient", new JsonObject { ["UserPoolId"] = pool, ["ClientName"] = "app", ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") }))["UserPoolClient"]!["ClientId"]!;

    // What the token calls the user.
    private async Task<string> UserAsync(string pool, string name, string? group)
    {
        var user = await AskAsync("AdminCreateUser", new JsonObject { ["UserPoolId"] = pool, ["Username"] = name, ["TemporaryPassword"] = "Passw0rd!", ["MessageAction"] = "SUPPRESS" });
        await AskAsync("AdminSetUserPassword", new JsonObject { ["UserPoolId"] = pool, ["Username"] = name, ["Password"] = "Passw0rd!", ["Permanent"] = true });
        if (group is not null)
        {
            await AskAsync("CreateGroup", new JsonObject { ["UserPoolId"] = pool, ["GroupName"] = group });
            await AskAsync("AdminAddUserToGroup", new JsonObject { ["UserPoolId"] = pool, ["Username"] = name, ["GroupName"] = group });
        }

        return (string)user["User"]!["Username"]!;
    }

    private async Task<string> SignInAsync(string client, string name)
    {
        var answer = await AskAsync("InitiateAuth", new JsonObject
        {
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["ClientId"] = client,
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = "Passw0rd!" },
        });
        return (string)answer["AuthenticationResult"]!["AccessToken"]!;
    }

    private async Task<JsonObject> AskAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input.ToJsonString()) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        using var response = await _cognito.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{operation}: {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }
}
