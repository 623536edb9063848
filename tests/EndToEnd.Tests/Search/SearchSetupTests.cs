using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using Hybrid.Testing;

namespace EndToEnd.Tests.Search;

/// <summary>The executable against a domain's REST API.</summary>
public sealed class SearchSetupTests : IDisposable
{
    private const string Role = "/_plugins/_security/api/roles/gateway-logs-writer";
    private const string Mapping = "/_plugins/_security/api/rolesmapping/gateway-logs-writer";
    private const string Policy = "/_plugins/_ism/policies/gateway-requests";
    private const string Template = "/_index_template/gateway-requests";

    private const string Setup = """
        {
          "roles": { "gateway-logs-writer": {
            "cluster_permissions": ["indices:data/write/bulk"],
            "index_permissions": [{ "index_patterns": ["gateway-*"], "allowed_actions": ["indices:data/write/index", "indices:data/write/bulk*"] }] } },
          "role_mappings": { "gateway-logs-writer": { "backend_roles": ["arn:aws:iam::111111111111:role/a", "arn:aws:iam::111111111111:role/b"] } },
          "policies": { "gateway-requests": {
            "description": "Request logs",
            "default_state": "hot",
            "states": [
              { "name": "hot", "actions": [{ "rollover": { "min_index_age": "1d" } }], "transitions": [{ "state_name": "delete", "conditions": { "min_index_age": "30d" } }] },
              { "name": "delete", "actions": [{ "delete": {} }], "transitions": [] }],
            "ism_template": [{ "index_patterns": ["gateway-requests"], "priority": 100 }] } },
          "index_templates": { "gateway-requests": {
            "index_patterns": ["gateway-requests"],
            "data_stream": { "timestamp_field": { "name": "@timestamp" } },
            "priority": 200,
            "template": { "settings": { "number_of_shards": 1, "number_of_replicas": 2 }, "mappings": { "properties": { "status": { "type": "short" } } } } } }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_first_run_writes_all_and_the_second_nothing()
    {
        await using var domain = await SearchDomain.StartAsync();

        var first = await RunAsync(domain);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal([Role, Mapping, Policy, Template], domain.Writes);
        Assert.EndsWith($"4 of 4 changed{Environment.NewLine}", first.Output, StringComparison.Ordinal);
        Assert.Equal("30d", (string?)domain.Stored(Policy)["states"]![0]!["transitions"]![0]!["conditions"]!["min_index_age"]);

        var second = await RunAsync(domain);
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(4, domain.Writes.Count);
        Assert.Equal($"nothing to change; 4 as they should be{Environment.NewLine}", second.Output);
    }

    [Fact]
    public async Task Only_what_differs_is_written_and_a_policy_by_the_revision_that_was_read()
    {
        await using var domain = await SearchDomain.StartAsync();
        await RunAsync(domain);
        domain.Change(Mapping, mapping => mapping["users"] = new JsonArray("someone"));
        domain.Change(Template, template => template["template"]!["settings"]!["number_of_replicas"] = 2);

        var result = await RunAsync(domain, Setup.Replace("30d", "90d", StringComparison.Ordinal));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal([$"{Policy}?if_seq_no=3&if_primary_term=1"], domain.Writes.Skip(4).Where(path => path.StartsWith(Policy, StringComparison.Ordinal)));
        Assert.DoesNotContain(Template, domain.Writes.Skip(4));
        Assert.Equal("90d", (string?)domain.Stored(Policy)["states"]![0]!["transitions"]![0]!["conditions"]!["min_index_age"]);
    }

    [Fact]
    public async Task What_someone_else_has_added_to_a_mapping_is_taken_away()
    {
        await using var domain = await SearchDomain.StartAsync();
        await RunAsync(domain);
        domain.Change(Mapping, mapping => mapping["backend_roles"]!.AsArray().Add("arn:aws:iam::999999999999:role/stranger"));

        var result = await RunAsync(domain);

        Assert.Equal([Mapping], domain.Writes.Skip(4));
        Assert.Equal(2, domain.Stored(Mapping)["backend_roles"]!.AsArray().Count);
        Assert.StartsWith("updated role mapping gateway-logs-writer", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_someone_changes_in_between_is_read_again()
    {
        await using var domain = await SearchDomain.StartAsync();
        await RunAsync(domain);
        domain.Change(Policy, policy => policy["description"] = "Mine");
        var raced = false;
        domain.BeforeWrite = path =>
        {
            if (path == Policy && !raced)
            {
                raced = true;
                domain.Change(Policy, policy => policy["description"] = "No, mine");
            }
        };

        var result = await RunAsync(domain);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(raced);
        Assert.Equal("Request logs", (string?)domain.Stored(Policy)["description"]);
    }

    [Fact]
    public async Task Someone_who_changes_it_every_time_is_told()
    {
        await using var domain = await SearchDomain.StartAsync();
        await RunAsync(domain);
        domain.Change(Policy, policy => policy["description"] = "Mine");
        domain.BeforeWrite = path => domain.Change(path, policy => policy["description"] = "Mine again");

        var result = await RunAsync(domain);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"gateway: lifecycle policy gateway-requests: someone else changes it at the same time; gave up after 5 tries{Environment.NewLine}", result.Error);
    }

    [Fact]
    public async Task A_wrong_secret_is_one_line_with_the_domains_reason()
    {
        await using var domain = await SearchDomain.StartAsync();

        var result = await RunAsync(domain, Setup, secret: "another");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(domain.Writes);
        Assert.Equal(
            $"gateway: role gateway-logs-writer: the domain refused GET (403): The request signature we calculated does not match the signature you provided: the signature does not match{Environment.NewLine}",
            result.Error);
    }

    [Fact]
    public async Task A_role_without_rights_is_one_line_with_the_services_reason()
    {
        await using var domain = await SearchDomain.StartAsync();
        domain.Refuses = true;

        var result = await RunAsync(domain);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"gateway: role gateway-logs-writer: the domain refused GET (403): User: arn:aws:sts::111111111111:assumed-role/other/pod is not authorized because no identity-based policy allows it{Environment.NewLine}",
            result.Error);
    }

    [Fact]
    public async Task A_definition_that_OpenSearch_refuses_is_named_with_its_reason()
    {
        await using var domain = await SearchDomain.StartAsync();

        var result = await RunAsync(domain, Setup.Replace("cluster_permissions", "clusterPermissions", StringComparison.Ordinal));

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"gateway: role gateway-logs-writer: the domain refused PUT (400): unknown field [clusterPermissions]{Environment.NewLine}", result.Error);
    }

    [Fact]
    public async Task A_domain_that_is_starting_is_waited_for()
    {
        await using var domain = await SearchDomain.StartAsync();
        domain.Unavailable = 2;

        var result = await RunAsync(domain, Setup, wait: 30);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal($"gateway: {domain.Address}: answers 503; trying again for 30 s{Environment.NewLine}", result.Error);
        Assert.Equal(4, domain.Writes.Count);
    }

    [Fact]
    public async Task A_domain_that_is_away_for_longer_than_allowed_is_an_error()
    {
        var port = FreePorts.Base(0);
        var result = await RunAsync($"http://127.0.0.1:{port}", Setup, SearchDomain.Secret, wait: 4);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("trying again for 4 s", result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"gave up after 4 s (--wait){Environment.NewLine}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no JSON (line 1); allowed: an object with roles, role_mappings, policies, index_templates")]
    [InlineData("""{ "users": {} }""", "users: unknown; allowed: roles, role_mappings, policies, index_templates")]
    [InlineData("""{ "roles": { "a": [] } }""", "roles.a: no object; allowed: a role as OpenSearch takes it")]
    [InlineData("{}", "defines nothing; allowed: at least one definition in roles, role_mappings, policies, index_templates")]
    public async Task A_file_of_another_form_is_refused_before_anything_is_asked(string text, string problem)
    {
        var result = await RunAsync("https://search.example.com", text, SearchDomain.Secret, wait: 0);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://search.example.com")]
    [InlineData("https://search.example.com/path")]
    public async Task An_address_without_tls_or_with_a_path_is_refused(string endpoint)
    {
        var result = await RunAsync(endpoint, Setup, SearchDomain.Secret, wait: 0);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"gateway: --endpoint: {endpoint} is no address of a domain", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<FinishedProcess> RunAsync(SearchDomain domain, string setup = Setup, string secret = SearchDomain.Secret, int wait = 5) =>
        RunAsync(domain.Address.AbsoluteUri, setup, secret, wait);

    private async Task<FinishedProcess> RunAsync(string endpoint, string setup, string secret, int wait)
    {
        var file = _folder.PathOf("setup.json");
        await File.WriteAllTextAsync(file, setup);
        return await GatewayInstallation.RunAsync(
            new Dictionary<string, string?> { ["AWS_ACCESS_KEY_ID"] = SearchDomain.KeyId, ["AWS_SECRET_ACCESS_KEY"] = secret, ["AWS_SESSION_TOKEN"] = null },
            "search-setup", "--endpoint", endpoint, "--region", SearchDomain.Region, "--file", file, "--wait", $"{wait}");
    }
}
