using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Turns wire values into plain ones. Something unknown or secret inside makes the whole value so.</summary>
internal static class Deserializer
{
    public static OutputData<object?> Deserialize(object? wire)
    {
        var isKnown = true;
        var isSecret = false;
        var value = Unwrap(wire, ref isKnown, ref isSecret);
        return OutputData.Create<object?>([], value, isKnown, isSecret);
    }

    private static object? Unwrap(object? wire, ref bool isKnown, ref bool isSecret)
    {
        switch (wire)
        {
            case WireUnknown:
                isKnown = false;
                return null;
            case WireSecret secret:
                isSecret = true;
                return Unwrap(secret.Value, ref isKnown, ref isSecret);
            case WireAsset asset:
                return asset.Value;
            case WireResource resource:
                return resource.Value;
            case ImmutableArray<object?> list:
                var values = ImmutableArray.CreateBuilder<object?>(list.Length);
                foreach (var element in list)
                {
                    values.Add(Unwrap(element, ref isKnown, ref isSecret));
                }

                return values.MoveToImmutable();
            case ImmutableDictionary<string, object?> map:
                var members = ImmutableDictionary.CreateBuilder<string, object?>();
                foreach (var (name, element) in map)
                {
                    // The engine keeps names that begin with two underscores for itself.
                    if (!name.StartsWith("__", StringComparison.Ordinal) && Unwrap(element, ref isKnown, ref isSecret) is { } member)
                    {
                        members[name] = member;
                    }
                }

                return members.ToImmutable();
            default:
                return wire;
        }
    }
}
