using Gateway.Model.Plugins.RequestTransformer;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>What is done to one part of a request, in the order of the fields.</summary>
internal sealed record Operations(NamedValue[] Remove, NamedValue[] Rename, NamedValue[] Replace, NamedValue[] Add, NamedValue[] Append)
{
    public bool IsEmpty => Remove.Length + Rename.Length + Replace.Length + Add.Length + Append.Length == 0;

    public bool IsDynamic => Rename.Concat(Replace).Concat(Add).Concat(Append).Any(pair => pair.Value is { IsDynamic: true });

    public static Operations Of(RequestTransformerConfig config, Func<RequestParts, IReadOnlyList<string>> part) => new(
        NamedValue.ParseAll(part(config.Remove).Select(name => name.Split(':')[0])),
        NamedValue.ParseAll(part(config.Rename)),
        NamedValue.ParseAll(part(config.Replace)),
        NamedValue.ParseAll(part(config.Add)),
        NamedValue.ParseAll(part(config.Append)));
}
