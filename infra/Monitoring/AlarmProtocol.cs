namespace Hybrid.Infra.Monitoring;

/// <summary>How someone is told of an alarm.</summary>
public enum AlarmProtocol
{
    Email,
    Https,
}
