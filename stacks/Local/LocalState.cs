using System.Text.Json;

namespace Hybrid.Stacks.Local;

/// <summary>What runs, as the supervisor last wrote it down.</summary>
/// <param name="Ready">Every part was seen to be ready once.</param>
internal sealed record LocalState(RecordedProcess Supervisor, int PortsFrom, bool Ready, IReadOnlyDictionary<string, RecordedProcess> Processes)
{
    /// <summary>Null where nothing was ever started from this folder.</summary>
    public static LocalState? Read(LocalLayout layout)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(layout.StateFile), LocalStateJson.Default.LocalState);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is JsonException or UnauthorizedAccessException)
        {
            throw new LocalException($"cannot read {layout.StateFile} ({problem.Message.TrimEnd('.')}): remove the folder to begin anew");
        }
    }

    public void Write(LocalLayout layout)
    {
        var temporary = layout.StateFile + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, LocalStateJson.Default.LocalState));
        File.Move(temporary, layout.StateFile, overwrite: true);
    }
}
