using System.Text.Json.Nodes;
using Gateway.Model.Routing;

namespace Gateway.ControlPlane.Admin.Debugging;

/// <summary>A request as a client describes it: in a query, where a header is <c>header=Name:value</c>, or in a body.</summary>
internal sealed class RouteMatchInput
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    private const int LongestText = 8192;
    private const int MostHeaders = 100;

    private static readonly string[] Schemes = ["http", "https"];

    private readonly Dictionary<string, IReadOnlyList<string>> _headers = new(StringComparer.OrdinalIgnoreCase);
    private string _method = "GET";
    private string _scheme = "http";
    private string _host = "";
    private string _path = "/";
    private string? _sni;

    /// <summary>How many candidates are asked for.</summary>
    public int Size { get; private set; } = DefaultSize;

    public JsonObject Errors { get; } = [];

    public RouteQuestion Question => new(_method, _scheme, _host, _path, _sni) { Headers = _headers };

    public static RouteMatchInput Read(IQueryCollection query)
    {
        var input = new RouteMatchInput();
        foreach (var (field, values) in query)
        {
            if (field is not "header")
            {
                input.ReadField(field, JsonValue.Create(values.ToString()));
                continue;
            }

            foreach (var header in values)
            {
                var colon = header?.IndexOf(':', StringComparison.Ordinal) ?? -1;
                if (colon < 1)
                {
                    input.Errors[field] = "expected Name:value";
                }
                else
                {
                    input.AddHeader(header![..colon].Trim(), header[(colon + 1)..].Trim());
                }
            }
        }

        return input;
    }

    public static RouteMatchInput Read(JsonObject body)
    {
        var input = new RouteMatchInput();
        foreach (var (field, value) in body)
        {
            if (field is "headers")
            {
                input.ReadHeaders(value);
            }
            else
            {
                input.ReadField(field, value);
            }
        }

        return input;
    }

    private void ReadField(string field, JsonNode? value)
    {
        var text = value is JsonValue node ? node.TryGetValue<string>(out var given) ? given : node.ToJsonString() : null;
        if (text is null || text.Length > LongestText || text.Any(char.IsControl))
        {
            Errors[field] = $"expected a text of at most {LongestText} characters, without control characters";
            return;
        }

        switch (field)
        {
            case "method":
                _method = text;
                Check(field, text.Length > 0 && text.All(char.IsAsciiLetter), "expected a method, such as GET");
                break;
            case "scheme":
                _scheme = text;
                Check(field, Schemes.Contains(text, StringComparer.Ordinal), "expected one of: http, https");
                break;
            case "host":
                _host = text;
                break;
            case "path":
                _path = text;
                Check(field, text.StartsWith('/'), "should start with: /");
                break;
            case "sni":
                _sni = text.Length > 0 ? text.TrimEnd('.') : null;
                break;
            case "size":
                Check(field, int.TryParse(text, out var size) && size is >= 1 and <= MaxSize, $"value should be between 1 and {MaxSize}");
                Size = size;
                break;
            default:
                Errors[field] = "unknown field (allowed: method, scheme, host, path, headers, sni, size)";
                break;
        }
    }

    private void ReadHeaders(JsonNode? value)
    {
        if (value is not JsonObject { Count: <= MostHeaders } headers)
        {
            Errors["headers"] = $"expected a map of at most {MostHeaders} headers";
            return;
        }

        foreach (var (name, node) in headers)
        {
            foreach (var element in node is JsonArray several ? several : [node?.DeepClone()])
            {
                if (element is JsonValue one && one.TryGetValue<string>(out var text))
                {
                    AddHeader(name, text);
                }
                else
                {
                    Errors["headers"] = "expected a text, or an array of texts, for each name";
                }
            }
        }
    }

    private void AddHeader(string name, string value)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || value.Any(char.IsControl) || value.Length > LongestText)
        {
            Errors["headers"] = "expected names of letters, digits, - and _, and values without control characters";
            return;
        }

        _headers[name] = _headers.TryGetValue(name, out var others) ? [.. others, value] : [value];
    }

    private void Check(string field, bool isRight, string problem)
    {
        if (!isRight)
        {
            Errors[field] = problem;
        }
    }
}
