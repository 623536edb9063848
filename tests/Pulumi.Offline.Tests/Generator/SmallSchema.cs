namespace Hybrid.PulumiOffline.Tests.Generator;

/// <summary>A schema with one of each kind of thing.</summary>
internal static class SmallSchema
{
    public const string Json =
        """
        {
          "name": "tls", "version": "1.2.3",
          "language": { "csharp": { "namespaces": { "tls": "Tls" } } },
          "provider": { "inputProperties": { "retries": { "type": "integer" }, "url": { "type": "string" } } },
          "types": {
            "tls:index/ThingPart:ThingPart": {
              "type": "object", "required": ["kind"],
              "properties": { "kind": { "oneOf": [{ "type": "string" }, { "$ref": "#/types/tls:index/Kind:Kind" }] }, "weights": { "type": "array", "items": { "type": "number" } } }
            },
            "tls:index/Kind:Kind": { "type": "string", "enum": [{ "name": "Small", "value": "small" }] }
          },
          "resources": {
            "tls:index/thing:Thing": {
              "inputProperties": {
                "size": { "type": "string" },
                "parts": { "type": "array", "items": { "$ref": "#/types/tls:index/ThingPart:ThingPart" } },
                "key": { "type": "string", "secret": true },
                "policy": { "oneOf": [{ "type": "string" }, { "$ref": "#/types/tls:index/ThingPart:ThingPart" }], "language": { "csharp": { "name": "PolicyDocument" } } }
              },
              "requiredInputs": ["parts"],
              "properties": {
                "size": { "type": "string" },
                "parts": { "type": "array", "items": { "$ref": "#/types/tls:index/ThingPart:ThingPart" } },
                "key": { "type": "string", "secret": true },
                "count": { "type": "integer" }
              },
              "required": ["size"],
              "stateInputs": { "properties": { "size": { "type": "string" } } },
              "aliases": [{ "type": "tls:index/oldThing:OldThing" }]
            }
          },
          "functions": {
            "tls:index/getThing:getThing": {
              "inputs": { "properties": { "name": { "type": "string" }, "tags": { "type": "object", "additionalProperties": { "type": "string" } } }, "required": ["name"] },
              "outputs": { "properties": { "part": { "$ref": "#/types/tls:index/ThingPart:ThingPart" } }, "required": ["part"] }
            }
          }
        }
        """;
}
