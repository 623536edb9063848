using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Turns what a client wrote into complete, valid entities.</summary>
internal interface IEntityRules
{
    /// <summary>Gives the texts of a form the types that the schema says.</summary>
    JsonObject ReadForm(string kind, JsonObject form);

    /// <summary>A new entity, with an id and times.</summary>
    Result<JsonObject> Create(string kind, JsonObject input);

    /// <summary>An entity with some fields changed.</summary>
    Result<JsonObject> Patch(string kind, JsonObject current, JsonObject changes);

    /// <summary>An entity of which only the id and the time of its creation stay.</summary>
    Result<JsonObject> Replace(string kind, JsonObject current, JsonObject input);
}
