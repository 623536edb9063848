using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hybrid.Stacks.Preview.Answers;
using Hybrid.Stacks.Preview.Graph;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Hybrid.Stacks.Preview;

/// <summary>
/// Runs one stack's program against mocks, by the official testing API. The configuration reaches the program as the CLI hands it over, by environment
/// variables of the process: one preview at a time.
/// </summary>
internal sealed partial class StackPreview(string repository, SecretMask secrets)
{
    private const string ConfigVariable = "PULUMI_CONFIG";
    private const string SecretKeysVariable = "PULUMI_CONFIG_SECRET_KEYS";

    public const string Project = "hybrid";

    public async Task<(PreviewedStack Stack, ExportedOutputs Outputs)> RunAsync(
        StackFile file, IReadOnlyDictionary<string, ExportedOutputs> exported, PreviewMode mode)
    {
        var answers = new ProviderAnswers(file.Stack, file["accountId"] ?? "000000000000", file["region"] ?? "us-east-1");
        var mocks = new RecordingMocks(answers, secrets, exported, mode);
        foreach (var secret in answers.Secrets)
        {
            secrets.Remember(secret);
        }

        var factory = new PreviewStackFactory(repository);
        var options = new TestOptions { ProjectName = Project, StackName = file.Stack, OrganizationName = "organization", IsPreview = mode is PreviewMode.Preview };
        try
        {
            await WithConfigurationAsync(file, () => Deployment.TestWithServiceProviderAsync<PreviewStack>(mocks, factory, options));
        }
        catch (Exception problem) when (problem is RunException or AggregateException or InvalidOperationException or ResourceException)
        {
            throw new PreviewException(Explain(file.Stack, problem, mode));
        }

        var outputs = await ExportsAsync(factory.Stack!);
        var resources = await ResourcesAsync(file.Stack, mocks.Resources, factory.Facts);
        var shown = factory.Stack!.Exports.Keys.ToImmutableSortedDictionary(
            name => name,
            name => outputs.SecretNames.Contains(name, StringComparer.Ordinal) ? SecretMask.Masked
                : outputs.Values.TryGetValue(name, out var value) ? secrets.Clean(value)
                : PreviewedStack.Unknown,
            StringComparer.Ordinal);
        var stack = new PreviewedStack(file.Stack, file["layer"]!, resources, mocks.References, shown)
        {
            Used = OutputUse.Of(mocks.Resources, mocks.References, exported),
        };
        return (stack, outputs);
    }

    private async Task<ImmutableArray<PreviewedResource>> ResourcesAsync(
        string stack, ImmutableArray<RecordedResource> recorded, IReadOnlyDictionary<string, ResourceFacts> facts)
    {
        var names = new ResourceNames(stack, facts);
        var resources = ImmutableArray.CreateBuilder<PreviewedResource>(recorded.Length);
        foreach (var resource in recorded.OrderBy(resource => resource.Name, StringComparer.Ordinal).ThenBy(resource => resource.Type, StringComparer.Ordinal))
        {
            var options = facts[resource.Key];
            var (inputs, digests) = secrets.Inputs(resource.Type, resource.Inputs);
            resources.Add(new PreviewedResource
            {
                Type = resource.Type,
                Name = resource.Name,
                Urn = names.Urn(resource.Key),
                Aliases = await names.AliasesAsync(resource.Key),
                Id = string.IsNullOrEmpty(resource.Id) ? null : (string?)secrets.Clean(resource.Id),
                Parent = options.Parent,
                Provider = resource.ProviderName,
                Protect = names.IsProtected(resource.Key),
                RetainOnDelete = names.IsRetained(resource.Key),
                IgnoreChanges = options.IgnoreChanges,
                ReplaceOnChanges = options.ReplaceOnChanges,
                Inputs = inputs,
                Unknown = [],
                Secrets = digests,
            });
        }

        return resources.MoveToImmutable();
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
    private static string Explain(string stack, Exception problem, PreviewMode mode)
    {
        var first = problem is AggregateException { InnerExceptions: [var inner, ..] } ? inner : problem;
        var lines = first.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrapped = Array.FindIndex(lines, line => line.EndsWith("unhandled exception:", StringComparison.Ordinal));
        var line = wrapped >= 0 && wrapped + 1 < lines.Length ? lines[wrapped + 1] : lines.FirstOrDefault() ?? first.GetType().Name;
        line = ExceptionType().Replace(line, "");
        line = line.StartsWith($"{stack}:", StringComparison.Ordinal) ? line : $"{stack}: {line}";

        // The same program passed with every value known.
        return mode is PreviewMode.Preview ? $"{line} (only while what providers compute is unknown, as in `pulumi preview` before the first `up`)" : line;
    }

    [GeneratedRegex(@"^([\w`]+\.)*\w+Exception: ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExceptionType();
}
