using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Tests.Fixtures;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>Runs every file of <c>Scenarios</c> against an Admin API with an empty database.</summary>
public sealed class ScenarioTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios =>
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Admin", "Scenarios");

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_Admin_API_answers_as_written(string scenario)
    {
        await using var api = await RunningAdminApi.StartAsync(await fixture.NewDatabaseAsync());
        await RunAsync(api.Client, await File.ReadAllTextAsync(Path.Combine(Folder, $"{scenario}.txt"), Token));
    }

    internal static async Task RunAsync(HttpClient client, string scenario)
    {
        var variables = scenario.Contains("$pem-", StringComparison.Ordinal) ? Certificates() : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in ScenarioStep.ReadAll(scenario))
        {
            using var request = Request(step, variables);
            using var response = await client.SendAsync(request, Token);
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.True(step.Status == (int)response.StatusCode, $"{step.Title}: {(int)response.StatusCode}, not {step.Status}: {text}");
            if (step.Expected.Length > 0)
            {
                JsonExpectation.Check(JsonNode.Parse(Substitute(step.Expected, variables)), JsonNode.Parse(text), step.Title, variables);
            }
        }
    }

    // As they stand within JSON, and within a form.
    private static Dictionary<string, string> Certificates()
    {
        var (ec, rsa) = (TestPem.Leaf("ec.example.com"), TestPem.Leaf("rsa.example.com", isRsa: true));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pem-ec-cert"] = Json(ec.Certificate),
            ["pem-ec-key"] = Json(ec.Key),
            ["pem-ec-public"] = Json(ec.PublicKey),
            ["pem-rsa-cert"] = Json(rsa.Certificate),
            ["pem-rsa-key"] = Json(rsa.Key),
            ["pem-rsa-public"] = Json(rsa.PublicKey),
            ["pem-ca-cert"] = Json(TestPem.Authority("authority").Certificate),
            ["form-ec-cert"] = Uri.EscapeDataString(ec.Certificate),
            ["form-ec-key"] = Uri.EscapeDataString(ec.Key),
        };

        static string Json(string pem) => JsonEncodedText.Encode(pem).ToString();
    }

    private static HttpRequestMessage Request(ScenarioStep step, Dictionary<string, string> variables)
    {
        var parts = Substitute(step.Request, variables).Split(' ', 3);
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (step.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Substitute(step.Body, variables)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(parts.Length > 2 ? parts[2] : "application/json");
        }

        return request;
    }

    private static string Substitute(string text, Dictionary<string, string> variables) =>
        variables.OrderByDescending(variable => variable.Key.Length).Aggregate(text, (current, variable) => current.Replace($"${variable.Key}", variable.Value, StringComparison.Ordinal));
}
