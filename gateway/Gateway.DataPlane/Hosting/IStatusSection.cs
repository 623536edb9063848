using System.Text.Json;

namespace Gateway.DataPlane.Hosting;

/// <summary>A part of <c>GET /status</c>, written by who knows it. Register as many as there are.</summary>
public interface IStatusSection
{
    /// <summary>The property's name, such as <c>cluster</c>.</summary>
    string Name { get; }

    /// <summary>Writes the property's value. Never a secret: the status listener asks for no credentials.</summary>
    void Write(Utf8JsonWriter json);
}
