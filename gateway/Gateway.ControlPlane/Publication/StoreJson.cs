using System.Text.Json.Serialization;

namespace Gateway.ControlPlane.Publication;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext;
