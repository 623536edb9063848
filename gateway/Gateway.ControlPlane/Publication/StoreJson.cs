using System.Text.Json.Serialization;
using Gateway.ControlPlane.Publication.Releases;
using Gateway.Model;
using Gateway.Tunnel.Health;

namespace Gateway.ControlPlane.Publication;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<ModelError>))]
[JsonSerializable(typeof(StageRecord))]
[JsonSerializable(typeof(UpstreamReport))]
internal sealed partial class StoreJson : JsonSerializerContext;
