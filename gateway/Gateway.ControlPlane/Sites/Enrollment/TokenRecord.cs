namespace Gateway.ControlPlane.Sites.Enrollment;

/// <summary>An enrolment token as administrators see it: without its secret, which nobody has but its bearer. Times are Unix times in whole seconds.</summary>
internal sealed record TokenRecord(Guid Id, string Site, long CreatedAt, long ExpiresAt, long? UsedAt, string? UsedBy, string? SerialNumber);
