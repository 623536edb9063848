namespace Gateway.Model.Schemas;

/// <summary>What is to become of the input.</summary>
public enum NormaliseMode
{
    /// <summary>A new entity: absent fields get their defaults, the control plane's own fields are made.</summary>
    Insert,

    /// <summary>PATCH: absent fields stay, null goes back to the default or to nothing, records are merged field by field, everything else is replaced.</summary>
    Update,

    /// <summary>PUT: as a new entity, but what stands keeps its <c>created_at</c>.</summary>
    Upsert,
}
