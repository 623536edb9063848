namespace Gateway.ControlPlane.Access;

/// <summary>What an operation of the Admin API needs.</summary>
internal enum Permission
{
    /// <summary>To be known, with whichever role.</summary>
    SignIn,
    Read,
    EditPortal,
    Configure,
    Administer,
}
