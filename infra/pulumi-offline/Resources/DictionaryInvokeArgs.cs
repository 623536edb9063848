using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Arguments of a function by schema name, without a class for them.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary) => _dictionary = dictionary;

    internal override ImmutableDictionary<string, object?> ToDictionary() => _dictionary;
}
