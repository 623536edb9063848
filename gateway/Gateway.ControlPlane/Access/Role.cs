namespace Gateway.ControlPlane.Access;

/// <summary>What an administrator may do; docs/access.md has the table.</summary>
public enum Role
{
    /// <summary>Reads everything that is no secret.</summary>
    Viewer,

    /// <summary>Reads, and writes the documentation portal.</summary>
    PortalEditor,

    /// <summary>Reads, and writes the configuration and its releases.</summary>
    Editor,

    /// <summary>Also decides who may do what: tokens, sites, certificates; reads the audit log.</summary>
    Admin,
}
