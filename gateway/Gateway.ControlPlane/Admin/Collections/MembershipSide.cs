namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>One end of a membership.</summary>
/// <param name="Field">The membership's field that refers to it.</param>
/// <param name="Input">What bodies call it, in Kong's words.</param>
internal sealed record MembershipSide(EntityCollection Collection, string Field, string Input);
