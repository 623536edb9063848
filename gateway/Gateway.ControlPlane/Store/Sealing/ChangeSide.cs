namespace Gateway.ControlPlane.Store.Sealing;

internal enum ChangeSide
{
    Before,
    After,
}
