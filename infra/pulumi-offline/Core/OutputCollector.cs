using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Joins what several outputs carry: resources are united, one unknown or secret marks the whole.</summary>
internal sealed class OutputCollector
{
    private readonly ImmutableHashSet<Resource>.Builder _resources = ImmutableHashSet.CreateBuilder<Resource>();
    private bool _isKnown = true;
    private bool _isSecret;

    public T Take<T>(OutputData<T> data)
    {
        _resources.UnionWith(data.Resources);
        _isKnown &= data.IsKnown;
        _isSecret |= data.IsSecret;
        return data.Value;
    }

    public OutputData<T> Finish<T>(T value) => OutputData.Create(_resources.ToImmutable(), value, _isKnown, _isSecret);
}
