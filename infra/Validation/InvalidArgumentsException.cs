namespace Hybrid.Infra.Validation;

/// <summary>A component was given something that can't work: what, why, and what could.</summary>
public sealed class InvalidArgumentsException(string name, string problem, string allowed)
    : ArgumentException($"{name}: {problem}; allowed: {allowed}")
{
    public string Field => name;

    public string Problem => problem;

    public string Allowed => allowed;
}
