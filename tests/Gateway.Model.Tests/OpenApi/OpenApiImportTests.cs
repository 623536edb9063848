using System.Text;
using System.Text.Json.Nodes;
using Gateway.Model.Declarative;
using Gateway.Model.OpenApi;
using Gateway.Model.Plugins;
using Hybrid.Testing;

namespace Gateway.Model.Tests.OpenApi;

public sealed class OpenApiImportTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Gateway.Model.Tests", "OpenApi", "Cases");

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(Folder, "*.in.yaml").Select(file => Path.GetFileName(file)[..^".in.yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>Pairs of files: NAME.in.yaml, and NAME.out.yaml with what it becomes, and what is noted or refused. UPDATE_CASES=1 writes the second.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_document_becomes_what_is_expected(string name)
    {
        var expected = Path.Combine(Folder, name + ".out.yaml");
        var options = new OpenApiImportOptions { SelectTags = ["imported"], Validation = PluginCatalogue.Find("request-validator") is not null };

        var actual = Show(OpenApiImport.Convert(File.ReadAllText(Path.Combine(Folder, name + ".in.yaml")), options));

        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            File.WriteAllText(expected, actual);
        }

        Assert.Equal(File.ReadAllText(expected), actual);
    }

    [Fact]
    public void Without_being_asked_for_nothing_is_validated()
    {
        var result = OpenApiImport.Convert(File.ReadAllText(Path.Combine(Folder, "petstore.in.yaml")), new OpenApiImportOptions());

        Assert.Empty(result.Errors);
        Assert.DoesNotContain("request-validator", result.File!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://b.test/x", "https://b.test:443/x")]
    [InlineData("1", "https://b.test:443/x")]
    [InlineData("http://{h}.test", "http://eu.test:80")]
    [InlineData("https://elsewhere.test:8443/base", "https://elsewhere.test:8443/base")]
    public void The_server_that_is_named_is_taken(string server, string expected)
    {
        const string Document = """
            {"openapi": "3.0.0", "info": {"title": "t"}, "paths": {"/a": {"get": {"responses": {}}}},
             "servers": [{"url": "https://a.test"}, {"url": "https://b.test/x"}, {"url": "http://{h}.test", "variables": {"h": {"default": "eu"}}}]}
            """;

        var result = OpenApiImport.Convert(Document, new OpenApiImportOptions { Server = server });

        Assert.Empty(result.Errors);
        var service = result.File!["services"]![0]!;
        Assert.Equal(expected, $"{service["protocol"]}://{service["host"]}:{service["port"]}{service["path"]}");
    }

    [Fact]
    public void A_relative_server_is_relative_to_the_address_that_is_given()
    {
        var result = OpenApiImport.Convert(File.ReadAllText(Path.Combine(Folder, "relative-server.in.yaml")), new OpenApiImportOptions { Server = "https://api.test:8443" });

        Assert.Equal("api.test 8443 /api/v2", string.Join(' ', ((string[])["host", "port", "path"]).Select(field => result.File!["services"]![0]![field]!.ToString())));
    }

    [Theory]
    [InlineData("--server: there is no server 7 (allowed: 0 to 0)", "7", null)]
    [InlineData("--server: nowhere is neither a server of the document nor an address (allowed: a server's url or place (from 0), or an absolute http or https URL)", "nowhere", null)]
    [InlineData("--server-variable: no server has a variable zone (allowed: base, region)", null, "zone=a")]
    [InlineData("servers[0].variables.region: 'asia' is none of its values (allowed: eu, us)", null, "region=asia")]
    public void What_the_document_does_not_have_is_refused_by_name(string expected, string? server, string? variable)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variable is not null)
        {
            variables.Add(variable.Split('=')[0], variable.Split('=')[1]);
        }

        var result = OpenApiImport.Convert(File.ReadAllText(Path.Combine(Folder, "petstore.in.yaml")), new OpenApiImportOptions { Server = server, ServerVariables = variables });

        Assert.Null(result.File);
        Assert.Equal(expected, Assert.Single(result.Errors).ToString());
    }

    [Theory]
    [InlineData("openapi: the document is of version 2 (swagger) (allowed: a document of OpenAPI 3.0 or 3.1)", "swagger: '2.0'")]
    [InlineData("openapi: version 4.0 is not known (allowed: 3.0, 3.1)", "openapi: '4.0'")]
    [InlineData("openapi: required field missing (allowed: a document of OpenAPI 3.0 or 3.1)", "[]")]
    [InlineData("paths: there is no operation in it", "{openapi: 3.1.0, servers: [{url: 'http://a.test'}]}")]
    [InlineData("servers: no server says where the API is (allowed: --server URL)", "{openapi: 3.1.0, paths: {/: {get: {}}}}")]
    public void What_is_no_document_is_refused_in_one_line(string expected, string text) =>
        Assert.Equal(expected, Assert.Single(OpenApiImport.Convert(text, new OpenApiImportOptions()).Errors).ToString());

    private static string Show(OpenApiImportResult result)
    {
        var text = new StringBuilder();
        foreach (var (kind, found) in new[] { ("error", result.Errors), ("note", result.Notes) })
        {
            foreach (var line in found)
            {
                text.Append("# ").Append(kind).Append(": ").Append(line).Append('\n');
            }
        }

        return text.Append(result.File is JsonObject file ? JsonToYaml.Write(file) : "").ToString();
    }
}
