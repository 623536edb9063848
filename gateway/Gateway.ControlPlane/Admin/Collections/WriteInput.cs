namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>What one write works on.</summary>
/// <param name="Fields">With references by id.</param>
/// <param name="Parent">The id of what the entity lies below; null where the path says nothing of it.</param>
/// <param name="ServerNames">Of a certificate: the names that it shall answer for; null to leave them as they are.</param>
internal sealed record WriteInput(EntityInput Fields, Guid? Parent, IReadOnlyList<string>? ServerNames);
