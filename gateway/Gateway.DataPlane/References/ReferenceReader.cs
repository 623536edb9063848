using System.Text.Json;
using Gateway.Model.References;

namespace Gateway.DataPlane.References;

/// <summary>Reads what references lead to: environment variables, and files below one folder.</summary>
internal sealed class ReferenceReader(string folder)
{
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>The value; null where there is none that can be read.</summary>
    public string? Read(VaultReference reference)
    {
        var text = reference.Source == VaultReference.File ? ReadFile(reference.Name) : Environment.GetEnvironmentVariable(reference.Name);
        return text is null || reference.Key is null ? text : Property(text, reference.Key);
    }

    private string? ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, path));
            if (!file.Exists || file.Length > MaximumBytes)
            {
                return null;
            }

            var text = File.ReadAllText(file.FullName);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The same as a file that is not there: whoever asked reports the reference.
            return null;
        }
    }

    private static string? Property(string text, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(key, out var value)
                ? value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText()
                : null;
        }
        catch (JsonException)
        {
            // Its message could quote the secret.
            return null;
        }
    }
}
