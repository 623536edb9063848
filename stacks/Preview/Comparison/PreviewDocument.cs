using System.Collections.Immutable;
using System.Text.Json;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>A preview read back from its JSON, as far as a comparison needs it.</summary>
internal sealed record PreviewDocument
{
    public required int Version { get; init; }

    public required string Environment { get; init; }

    public required ImmutableArray<StackDocument> Stacks { get; init; }

    /// <param name="source">What it is the preview of, for errors.</param>
    /// <exception cref="PreviewException">It is of another version.</exception>
    public static PreviewDocument Read(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = document.RootElement.TryGetProperty("version", out var number) && number.TryGetInt32(out var version) ? version : 0;
            if (found != PreviewJson.Version)
            {
                throw new PreviewException(
                    $"{source}: its preview has {(found is 0 ? "an older format" : $"the format {found}")}, which cannot be compared; allowed: commits whose preview has the format {PreviewJson.Version}");
            }

            return document.Deserialize<PreviewDocument>(PreviewJson.Options)!;
        }
        catch (JsonException problem)
        {
            throw new PreviewException($"{source}: its preview is not valid: {problem.Message}");
        }
    }
}
