using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Local;

/// <summary>What <c>status local --json</c> prints.</summary>
public sealed record LocalStatus(JsonObject Json)
{
    public static LocalStatus Parse(string text) => new(JsonNode.Parse(text)!.AsObject());

    public IEnumerable<int> Pids => new[] { Json["control_plane"]!["pid"], Json["upstream"]!["pid"] }
        .Concat(Json["data_planes"]!.AsArray().Select(item => item!["pid"]))
        .Where(pid => pid is not null)
        .Select(pid => (int)pid!);

    public int Pid(string part) => part switch
    {
        "control-plane" => (int)Json["control_plane"]!["pid"]!,
        "upstream" => (int)Json["upstream"]!["pid"]!,
        _ => (int)Json["data_planes"]!.AsArray().Single(item => (string)item!["name"]! == part)!["pid"]!,
    };
}
