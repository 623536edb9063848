namespace Hybrid.Stacks.Deploy;

/// <summary>Which of the two sets of Pulumi packages this program was built with; see docs/decisions/001-two-pulumi-modes.md.</summary>
internal static class PulumiPackages
{
    public static bool AreOfficial =>
#if PULUMI_OFFLINE
        false;
#else
        true;
#endif
}
