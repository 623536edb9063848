using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Plugins.ResponseTransformer;

namespace Gateway.Plugins.ResponseTransformer;

/// <summary>What is done to the top-level members of a JSON object.</summary>
internal sealed class JsonMembers(ResponseTransformerConfig config)
{
    private readonly string[] _remove = [.. config.Remove.Json.Select(name => name.Split(':')[0])];
    private readonly (string From, string To)[] _rename = [.. config.Rename.Json.Select(pair => (pair[..pair.IndexOf(':', StringComparison.Ordinal)], pair[pair.IndexOf(':', StringComparison.Ordinal)..].TrimStart(':')))];
    private readonly MemberValue[] _replace = MemberValue.ParseAll(config.Replace);
    private readonly MemberValue[] _add = MemberValue.ParseAll(config.Add);
    private readonly MemberValue[] _append = MemberValue.ParseAll(config.Append);

    public bool IsEmpty => _remove.Length + _rename.Length + _replace.Length + _add.Length + _append.Length == 0;

    /// <summary>The changed body; as it is where it is no JSON object.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> body)
    {
        if (JsonBody.Parse(body) is not { } members)
        {
            return body;
        }

        foreach (var name in _remove)
        {
            members.Remove(name);
        }

        foreach (var (from, to) in _rename)
        {
            if (to.Length > 0 && members.TryGetPropertyValue(from, out var value))
            {
                members.Remove(from);
                members[to] = value;
            }
        }

        foreach (var (name, value) in _replace)
        {
            if (IsThere(members, name))
            {
                members[name] = value.DeepClone();
            }
        }

        foreach (var (name, value) in _add)
        {
            if (!IsThere(members, name))
            {
                members[name] = value.DeepClone();
            }
        }

        foreach (var (name, value) in _append)
        {
            Append(members, name, value.DeepClone());
        }

        return JsonSerializer.SerializeToUtf8Bytes(members);
    }

    private static void Append(JsonObject members, string name, JsonNode value)
    {
        switch (members[name])
        {
            case JsonArray array:
                array.Add(value);
                break;
            case { } single:
                members.Remove(name);
                members[name] = new JsonArray(single, value);
                break;
            default:
                members[name] = new JsonArray(value);
                break;
        }
    }

    // "false" counts as absent, as in Kong.
    private static bool IsThere(JsonObject members, string name) =>
        members.TryGetPropertyValue(name, out var value) && value?.GetValueKind() is not JsonValueKind.False;
}
