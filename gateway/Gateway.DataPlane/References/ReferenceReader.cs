using System.Text.Json;
using Gateway.Model.References;

namespace Gateway.DataPlane.References;

/// <summary>Reads what references lead to: environment variables, files below one folder, and what sources keep elsewhere.</summary>
internal sealed class ReferenceReader(string folder, RemoteReferences? remote = null)
{
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>The value; null where there is none that can be read.</summary>
    public string? Read(VaultReference reference)
    {
        var text = remote?.IsRemote(reference) is true ? remote.Find(reference)
            : reference.Source == VaultReference.File ? ReadFile(reference.Name)
            : reference.Source == VaultReference.Environment ? Environment.GetEnvironmentVariable(reference.Name)
            : null;
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
