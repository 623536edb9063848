using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>The outputs that a component or stack registered.</summary>
public class MockRegisterResourceOutputsRequest
{
    public readonly string Urn;

    public readonly ImmutableDictionary<string, Output<object?>> Outputs;

    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}
