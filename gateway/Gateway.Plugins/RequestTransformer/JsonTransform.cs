using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Templates;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>The operations on the top-level members of a JSON object. Values are strings, and <c>false</c> counts as absent, as in Kong.</summary>
internal static class JsonTransform
{
    /// <summary>Null where the body is no JSON object, and so stays as it is.</summary>
    public static byte[]? Apply(Operations operations, ReadOnlyMemory<byte> body, ITemplateScope scope)
    {
        JsonObject members;
        if (body.IsEmpty)
        {
            members = [];
        }
        else if (JsonBody.Parse(body) is { } parsed)
        {
            members = parsed;
            Change(operations, members, scope);
        }
        else
        {
            return null;
        }

        foreach (var (name, value) in operations.Add)
        {
            if (value is not null && !IsThere(members, name))
            {
                members[name] = value.Render(scope);
            }
        }

        foreach (var (name, value) in operations.Append)
        {
            if (value is not null)
            {
                Append(members, name, value.Render(scope));
            }
        }

        return body.IsEmpty && members.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(members);
    }

    private static void Change(Operations operations, JsonObject members, ITemplateScope scope)
    {
        foreach (var (name, _) in operations.Remove)
        {
            members.Remove(name);
        }

        foreach (var (name, value) in operations.Rename)
        {
            if (value?.Render(scope) is { Length: > 0 } to && members.TryGetPropertyValue(name, out var member))
            {
                members.Remove(name);
                members[to] = member;
            }
        }

        foreach (var (name, value) in operations.Replace)
        {
            if (!IsThere(members, name))
            {
                continue;
            }

            if (value is null)
            {
                members.Remove(name);
            }
            else
            {
                members[name] = value.Render(scope);
            }
        }
    }

    private static void Append(JsonObject members, string name, string value)
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

    private static bool IsThere(JsonObject members, string name) =>
        members.TryGetPropertyValue(name, out var value) && value?.GetValueKind() is not JsonValueKind.False;
}
