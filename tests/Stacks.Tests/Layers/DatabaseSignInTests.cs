using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Layers;

/// <summary>How the control plane signs in to its database, by configuration alone.</summary>
[Collection(PulumiTests.Name)]
public sealed class DatabaseSignInTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [Fact]
    public async Task A_user_of_IAM_needs_no_password_and_may_connect_as_itself_alone()
    {
        _clone.Replace("control-plane.dev", "  hybrid:tunnel:\n", "  hybrid:databaseIamUser: gateway\n  hybrid:tunnel:\n");

        var environment = await EnvironmentPreview.RunAsync("dev", _clone.Root);

        var resources = environment.Stacks.Single(stack => stack.Layer is "control-plane").Resources;
        var release = resources.Single(resource => resource is { Type: "kubernetes:helm.sh/v3:Release", Name: "gateway-release" });
        Assert.Equal("gateway", release.At("values", "env", "pg_user"));
        Assert.Equal("on", release.At("values", "env", "pg_iam_auth"));
        Assert.Null(release.At("values", "env", "pg_password_file"));
        Assert.DoesNotContain(resources, resource => resource.Name.StartsWith("database-password", StringComparison.Ordinal));
        var policy = resources.Single(resource => resource is { Type: "aws:iam/rolePolicy:RolePolicy", Name: "identity-policy" }).Text("policy");
        Assert.Contains("rds-db:connect", policy, StringComparison.Ordinal);
        Assert.Matches("arn:aws:rds-db:[a-z0-9-]+:[0-9]{12}:dbuser:[^\"*]+/gateway\"", policy);
        Assert.DoesNotContain("secretsmanager", policy, StringComparison.Ordinal);
    }
}
