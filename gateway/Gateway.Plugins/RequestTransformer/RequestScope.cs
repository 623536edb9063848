using Gateway.DataPlane.Pipeline;
using Gateway.Model.Templates;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>What templates look up: the request as it was before anything of it was changed.</summary>
internal sealed class RequestScope : ITemplateScope
{
    private readonly RequestContext _context;
    private readonly Dictionary<string, StringValues> _headers;
    private readonly string? _queryString;
    private FormValues? _query;

    public RequestScope(RequestContext context)
    {
        _context = context;
        _headers = new Dictionary<string, StringValues>(context.Http.Request.Headers, StringComparer.OrdinalIgnoreCase);
        _queryString = context.Http.Request.QueryString.Value;
    }

    public string? Find(string source, string key) => source switch
    {
        "headers" => Header(key),
        "query_params" => (_query ??= FormValues.ParseQuery(_queryString)).First(key),
        "uri_captures" => _context.UriCapture(key),
        "shared" => _context.GetShared(key),
        "consumer" => _context.Consumer is { } consumer
            ? key switch
            {
                "id" => consumer.Id.ToString(),
                "username" => consumer.Username,
                "custom_id" => consumer.CustomId,
                _ => null,
            }
            : null,
        _ => null,
    };

    // An underscore also stands for a hyphen, which Lua's dotted names cannot have.
    private string? Header(string key) =>
        _headers.TryGetValue(key, out var value) || _headers.TryGetValue(key.Replace('_', '-'), out value) ? (value.Count > 0 ? value[0] : null) : null;
}
