using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi.Testing;

/// <summary>Hands registrations and calls to the mocks, and their answers back.</summary>
internal sealed class MockMonitor(IMocks mocks)
{
    private readonly Lock _lock = new();
    private readonly List<Resource> _resources = [];
    private readonly Dictionary<string, MockState> _registered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ImmutableArray<Resource> GetResources()
    {
        lock (_lock)
        {
            return [.. _resources];
        }
    }

    public MockState GetRegistered(string urn)
    {
        lock (_lock)
        {
            return _registered.TryGetValue(urn, out var state) ? state : throw new InvalidOperationException($"Unknown resource {urn}");
        }
    }

    public async Task<MockState> RegisterAsync(MockRequest request, string importId)
    {
        Add(request.Resource);
        if (request.Resource.GetResourceType() == Stack.RootType)
        {
            return new MockState(NewUrn(request), Id: null, ImmutableDictionary<string, object?>.Empty);
        }

        var (id, state) = await mocks.NewResourceAsync(ToMockArgs(request, importId));
        return await RememberAsync(request, id ?? importId, state);
    }

    public async Task<MockState> ReadAsync(MockRequest request, string id)
    {
        Add(request.Resource);
        var (_, state) = await mocks.NewResourceAsync(ToMockArgs(request, id));
        return await RememberAsync(request, id, state);
    }

    public async Task<ImmutableDictionary<string, object?>> CallAsync(string token, ImmutableDictionary<string, object?> args, string provider)
    {
        var result = await mocks.CallAsync(new MockCallArgs { Token = token, Args = KnownOf(args), Provider = provider });
        return await SerializeAsync(result);
    }

    public Task RegisterOutputsAsync(string urn, ImmutableDictionary<string, object?> wire)
    {
        var outputs = wire.ToImmutableDictionary(
            output => output.Key,
            output => new Output<object?>(Task.FromResult(Deserializer.Deserialize(output.Value))));
        return mocks.RegisterResourceOutputs(new MockRegisterResourceOutputsRequest(urn, outputs));
    }

    private static MockResourceArgs ToMockArgs(MockRequest request, string id) => new()
    {
        Type = request.Resource.GetResourceType(),
        Name = request.Resource.GetResourceName(),
        Inputs = KnownOf(request.Inputs),
        Provider = request.Provider,
        Id = id,
    };

    /// <summary>A mock sees plain values: what is unknown is left out as a whole, and secrecy does not travel.</summary>
    private static ImmutableDictionary<string, object> KnownOf(ImmutableDictionary<string, object?> wire)
    {
        var known = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (name, value) in wire)
        {
            if (Deserializer.Deserialize(value) is { IsKnown: true, Value: { } plain })
            {
                known.Add(name, plain);
            }
        }

        return known.ToImmutable();
    }

    private static async Task<ImmutableDictionary<string, object?>> SerializeAsync(object state)
        => await new Serializer().SerializeAsync("", state is IDictionary<string, object> map ? map.ToImmutableDictionary() : state)
            as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException($"{state.GetType().FullName} is not a supported argument type");

    /// <summary>As the official mocks do: of the parents' types only the outermost is part of the URN.</summary>
    private static string NewUrn(MockRequest request)
    {
        var type = request.Resource.GetResourceType();
        if (request.ParentUrn.Length > 0)
        {
            var outermost = request.ParentUrn.Split("::")[2].Split('$')[0];
            type = $"{outermost}${type}";
        }

        return Urn(type, request.Resource.GetResourceName());
    }

    private static string Urn(string type, string name)
        => $"urn:pulumi:{Deployment.Instance.StackName}::{Deployment.Instance.ProjectName}::{type}::{name}";

    private async Task<MockState> RememberAsync(MockRequest request, string? id, object state)
    {
        var result = new MockState(NewUrn(request), id, await SerializeAsync(state));
        lock (_lock)
        {
            _registered[result.Urn] = result;
        }

        return result;
    }

    /// <summary>The engine refuses a second resource of the same name; it counts all parents' types, unlike the mocks' URNs.</summary>
    private void Add(Resource resource)
    {
        var urn = Urn(resource.QualifiedType, resource.GetResourceName());
        lock (_lock)
        {
            if (!_names.Add(urn))
            {
                throw new RunException($"Duplicate resource URN '{urn}'; try giving it a unique name");
            }

            _resources.Add(resource);
        }
    }
}
