using System.Text.Json.Serialization;
using Gateway.Model.Entities;

namespace Gateway.Model;

/// <summary>How entities are written as JSON: Kong's snake_case names, null for what is not set.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(Upstream))]
[JsonSerializable(typeof(Target))]
[JsonSerializable(typeof(Consumer))]
[JsonSerializable(typeof(KeyAuthCredential))]
[JsonSerializable(typeof(CredentialHashKey))]
[JsonSerializable(typeof(Plugin))]
public sealed partial class ModelJson : JsonSerializerContext;
