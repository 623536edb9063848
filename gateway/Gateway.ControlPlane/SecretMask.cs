namespace Gateway.ControlPlane;

/// <summary>What is shown in place of a secret. Refused where it is written back.</summary>
public static class SecretMask
{
    public const string Text = "********";
}
