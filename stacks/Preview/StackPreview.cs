using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hybrid.Stacks.Preview.Answers;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Hybrid.Stacks.Preview;

/// <summary>
/// Runs one stack's program against mocks, by the official testing API. The configuration reaches the program as the CLI hands it over, by environment
/// variables of the process: one preview at a time.
/// </summary>
internal sealed partial class StackPreview(string repository, SecretMask secrets, bool preview)
{
    private const string ConfigVariable = "PULUMI_CONFIG";
    private const string SecretKeysVariable = "PULUMI_CONFIG_SECRET_KEYS";

    public const string Project = "hybrid";

    public async Task<(PreviewedStack Stack, ExportedOutputs Outputs)> RunAsync(StackFile file, IReadOnlyDictionary<string, ExportedOutputs> exported)
    {
        var answers = new ProviderAnswers(file.Stack, file["accountId"] ?? "000000000000", file["region"] ?? "us-east-1");
        var mocks = new RecordingMocks(answers, secrets, exported);
        foreach (var secret in answers.Secrets)
        {
            secrets.Remember(secret);
        }

        var factory = new PreviewStackFactory(repository);
        var options = new TestOptions { ProjectName = Project, StackName = file.Stack, OrganizationName = "organization", IsPreview = preview };
        try
        {
            await WithConfigurationAsync(file, () => Deployment.TestWithServiceProviderAsync<PreviewStack>(mocks, factory, options));
        }
        catch (Exception problem) when (problem is RunException or AggregateException or InvalidOperationException or ResourceException)
        {
            throw new PreviewException(Explain(file.Stack, problem));
        }

        var outputs = await ExportsAsync(factory.Stack!);
        var resources = mocks.Resources
            .Select(resource =>
            {
                var facts = factory.Facts[$"{resource.Type}::{resource.Name}"];
                return new PreviewedResource(resource.Type, resource.Name, facts.Parent, facts.Protect, secrets.Inputs(resource.Type, resource.Inputs));
            })
            .OrderBy(resource => resource.Name, StringComparer.Ordinal)
            .ThenBy(resource => resource.Type, StringComparer.Ordinal)
            .ToImmutableArray();
        var shown = outputs.Values.ToImmutableSortedDictionary(
            output => output.Key,
            output => outputs.SecretNames.Contains(output.Key, StringComparer.Ordinal) ? SecretMask.Masked : secrets.Clean(output.Value),
            StringComparer.Ordinal);
        return (new PreviewedStack(file.Stack, file["layer"]!, resources, mocks.References, shown), outputs);
    }

    private static async Task WithConfigurationAsync(StackFile file, Func<Task> run)
    {
        var before = (Environment.GetEnvironmentVariable(ConfigVariable), Environment.GetEnvironmentVariable(SecretKeysVariable));
        Environment.SetEnvironmentVariable(ConfigVariable, JsonSerializer.Serialize(file.Values));
        Environment.SetEnvironmentVariable(SecretKeysVariable, JsonSerializer.Serialize(file.SecretKeys));
        try
        {
            await run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigVariable, before.Item1);
            Environment.SetEnvironmentVariable(SecretKeysVariable, before.Item2);
        }
    }

    private async Task<ExportedOutputs> ExportsAsync(PreviewStack stack)
    {
        var values = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        var secretNames = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, export) in stack.Exports.OrderBy(export => export.Key, StringComparer.Ordinal))
        {
            var output = (Output<object>)export!;
            if (await OutputUtilities.GetIsKnownAsync(output))
            {
                values[name] = Plain(await OutputUtilities.GetValueAsync(output));
            }

            if (await Output.IsSecretAsync(output))
            {
                secretNames.Add(name);
                secrets.Remember(values.GetValueOrDefault(name));
            }
        }

        return new ExportedOutputs(values.ToImmutable(), secretNames.ToImmutable());
    }

    /// <summary>As the engine would store it: texts, lists and maps of objects.</summary>
    private static object Plain(object value) => value switch
    {
        string text => text,
        IDictionary map => map.Keys.Cast<string>().ToImmutableDictionary(key => key, key => Plain(map[key]!), StringComparer.Ordinal),
        IEnumerable items => items.Cast<object>().Select(Plain).ToImmutableArray(),
        _ => value,
    };

    /// <summary>The one line that says what is wrong; Pulumi wraps what is not its own exception in a stack trace.</summary>
    private static string Explain(string stack, Exception problem)
    {
        var first = problem is AggregateException { InnerExceptions: [var inner, ..] } ? inner : problem;
        var lines = first.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrapped = Array.FindIndex(lines, line => line.EndsWith("unhandled exception:", StringComparison.Ordinal));
        var line = wrapped >= 0 && wrapped + 1 < lines.Length ? lines[wrapped + 1] : lines.FirstOrDefault() ?? first.GetType().Name;
        line = ExceptionType().Replace(line, "");
        return line.StartsWith($"{stack}:", StringComparison.Ordinal) ? line : $"{stack}: {line}";
    }

    [GeneratedRegex(@"^([\w`]+\.)*\w+Exception: ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExceptionType();
}
