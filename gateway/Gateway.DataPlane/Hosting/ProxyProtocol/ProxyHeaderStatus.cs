namespace Gateway.DataPlane.Hosting.ProxyProtocol;

internal enum ProxyHeaderStatus
{
    Incomplete,
    Complete,
    Invalid,
}
