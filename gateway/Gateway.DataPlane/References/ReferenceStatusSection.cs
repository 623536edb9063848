using System.Text.Json;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;

namespace Gateway.DataPlane.References;

/// <summary>Which plugins have references without values: ids, fields and references, never a value.</summary>
internal sealed class ReferenceStatusSection(ConfigurationStore configurations) : IStatusSection
{
    public string Name => "unresolved_references";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (entity, instance) in configurations.Current.Referencing())
        {
            if (instance.Unresolved.Count == 0)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("plugin", entity.Id);
            json.WriteString("name", entity.Name);
            json.WriteBoolean("active", instance.IsActive);
            json.WriteStartArray("fields");
            foreach (var field in instance.Unresolved)
            {
                json.WriteStringValue(field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
