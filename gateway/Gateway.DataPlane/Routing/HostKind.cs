namespace Gateway.DataPlane.Routing;

internal enum HostKind
{
    /// <summary><c>api.example.com</c>.</summary>
    Exact,

    /// <summary><c>*.example.com</c>.</summary>
    Suffix,

    /// <summary><c>example.*</c>.</summary>
    Prefix,
}
