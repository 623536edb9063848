namespace Gateway.Settings;

/// <summary>Which role a setting belongs to, and which one a process has.</summary>
[Flags]
public enum Roles
{
    None = 0,
    ControlPlane = 1,
    DataPlane = 2,
    Both = ControlPlane | DataPlane,
}
