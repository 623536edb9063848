using System.Text.Json;
using Hybrid.Infra.Iam;
using Hybrid.Infra.Tests.Support;
using Pulumi.Utilities;

namespace Hybrid.Infra.Tests.Iam;

[Collection(PulumiTests.Name)]
public sealed class PolicyDocumentTests
{
    [Fact]
    public async Task A_statement_is_written_with_its_principal_resources_and_conditions()
    {
        var json = await OutputUtilities.GetValueAsync(PolicyDocument.Of(
            new Statement
            {
                Sid = "One",
                Actions = ["s3:GetObject"],
                Principal = Statement.Service("logs.amazonaws.com"),
                Resources = ["arn:1", "arn:2"],
                Conditions = [new("StringEquals", "aws:SourceAccount", "1"), new("StringEquals", "aws:SourceArn", "2"), new("Bool", "x", "true")],
            },
            new Statement { Sid = "Two", Actions = ["a:B", "a:C"], Resources = ["arn:3"] }));

        using var document = JsonDocument.Parse(json);
        var statements = document.RootElement.GetProperty("Statement");
        Assert.Equal("2012-10-17", document.RootElement.GetProperty("Version").GetString());
        Assert.Equal("logs.amazonaws.com", statements[0].GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal("arn:2", statements[0].GetProperty("Resource")[1].GetString());
        Assert.Equal("2", statements[0].GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceArn").GetString());
        Assert.Equal("true", statements[0].GetProperty("Condition").GetProperty("Bool").GetProperty("x").GetString());
        Assert.Equal("arn:3", statements[1].GetProperty("Resource")[0].GetString());
        Assert.False(statements[1].TryGetProperty("Principal", out _));
        Assert.False(statements[1].TryGetProperty("Condition", out _));
    }
}
