namespace Gateway.Tunnel.Enrollment;

/// <summary>Enrolment failed; the message is what its operator can act on, and holds no secret.</summary>
public sealed class EnrollmentException(string message) : Exception(message);
