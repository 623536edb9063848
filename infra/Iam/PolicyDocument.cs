using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pulumi;

namespace Hybrid.Infra.Iam;

/// <summary>Writes policy documents as JSON, in one form, so that a preview shows changes only where there are any.</summary>
public static class PolicyDocument
{
    private static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Output<string> Of(params ImmutableArray<Statement> statements)
    {
        var inputs = statements.SelectMany(InputsOf).ToImmutableArray();
        return Output.All(inputs).Apply(values => Write(statements, values));
    }

    /// <summary>A trust policy for one AWS service.</summary>
    public static Output<string> AssumedBy(string service, params ImmutableArray<Condition> conditions) => Of(new Statement
    {
        Sid = "Assume",
        Actions = ["sts:AssumeRole"],
        Principal = Statement.Service(service),
        Conditions = conditions,
    });

    /// <summary>What EKS Pod Identity asks of a role's trust policy.</summary>
    public static Statement ByPods => new()
    {
        Sid = "AssumeByPod",
        Actions = ["sts:AssumeRole", "sts:TagSession"],
        Principal = Statement.Service("pods.eks.amazonaws.com"),
    };

    /// <summary>The trust policy for pods alone.</summary>
    public static Output<string> AssumedByPods() => Of(ByPods);

    private static IEnumerable<Input<string>> InputsOf(Statement statement)
    {
        if (statement.Principal is { } principal)
        {
            yield return principal.Value;
        }

        foreach (var resource in statement.Resources)
        {
            yield return resource;
        }

        foreach (var condition in statement.Conditions)
        {
            yield return condition.Value;
        }
    }

    private static string Write(ImmutableArray<Statement> statements, ImmutableArray<string> values)
    {
        var next = 0;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writer))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            foreach (var statement in statements)
            {
                WriteStatement(json, statement, values, ref next);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteStatement(Utf8JsonWriter json, Statement statement, ImmutableArray<string> values, ref int next)
    {
        json.WriteStartObject();
        json.WriteString("Sid", statement.Sid);
        json.WriteString("Effect", "Allow");
        if (statement.Principal is { } principal)
        {
            json.WriteStartObject("Principal");
            json.WriteString(principal.Kind, values[next++]);
            json.WriteEndObject();
        }

        json.WriteStartArray("Action");
        foreach (var action in statement.Actions)
        {
            json.WriteStringValue(action);
        }

        json.WriteEndArray();
        if (!statement.Resources.IsEmpty)
        {
            json.WriteStartArray("Resource");
            for (var i = 0; i < statement.Resources.Length; i++)
            {
                json.WriteStringValue(values[next++]);
            }

            json.WriteEndArray();
        }

        WriteConditions(json, statement, values, ref next);
        json.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter json, Statement statement, ImmutableArray<string> values, ref int next)
    {
        if (statement.Conditions.IsEmpty)
        {
            return;
        }

        var conditions = new List<(Condition Condition, string Value)>();
        foreach (var condition in statement.Conditions)
        {
            conditions.Add((condition, values[next++]));
        }

        json.WriteStartObject("Condition");
        foreach (var group in conditions.GroupBy(condition => condition.Condition.Operator, StringComparer.Ordinal))
        {
            json.WriteStartObject(group.Key);
            foreach (var (condition, value) in group)
            {
                json.WriteString(condition.Key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
