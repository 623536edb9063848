using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Model.OpenApi;

/// <summary>Where an API is, from its <c>servers</c>.</summary>
internal sealed partial class OpenApiServers(OpenApiImportOptions options, List<ModelError> errors)
{
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);

    /// <summary>The address of the one server that is meant; null with an error where none or several could be.</summary>
    /// <param name="isRoot">Of the document, which <see cref="OpenApiImportOptions.Server"/> chooses among.</param>
    public Uri? Choose(JsonNode? node, string where, bool isRoot)
    {
        var servers = (node as JsonArray ?? []).OfType<JsonObject>().Select((server, index) => Read(server, $"{where}[{index}]")).ToList();
        if (servers.Any(server => server.Url is null))
        {
            return null;
        }

        if (isRoot && options.ServerVariables.Keys.FirstOrDefault(name => !_variables.Contains(name)) is { } unknown)
        {
            errors.Add(new ModelError("--server-variable", $"no server has a variable {unknown}", _variables.Count > 0 ? string.Join(", ", _variables.Order(StringComparer.Ordinal)) : null));
            return null;
        }

        return isRoot && options.Server is { } wanted ? Pick(servers, wanted) : Only(servers, where);
    }

    private Uri? Only(List<(string Template, string? Url)> servers, string where)
    {
        if (servers is [var one])
        {
            return Absolute(one.Url!) ?? Refuse(where + "[0].url", $"{one.Url} does not say where the API is", "an absolute http or https URL, or --server URL");
        }

        return servers.Count == 0
            ? Refuse(where, "no server says where the API is", "--server URL")
            : Refuse(where, $"there are {servers.Count}, and one can be meant", $"--server with one of: {string.Join(", ", servers.Select(server => server.Template))}");
    }

    private Uri? Pick(List<(string Template, string? Url)> servers, string wanted)
    {
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index < servers.Count ? Only([servers[index]], "servers") : Refuse("--server", $"there is no server {index}", $"0 to {servers.Count - 1}");
        }

        if (servers.FirstOrDefault(server => server.Template == wanted || server.Url == wanted) is { Url: { } url } && Absolute(url) is { } named)
        {
            return named;
        }

        if (Absolute(wanted) is not { } address)
        {
            return Refuse("--server", $"{wanted} is neither a server of the document nor an address", "a server's url or place (from 0), or an absolute http or https URL");
        }

        // Relative servers are relative to it, as they are to where a document is served.
        return servers is [{ Url: { } relative }] && Absolute(relative) is null ? new Uri(address, relative) : address;
    }

    private (string Template, string? Url) Read(JsonObject server, string where)
    {
        if (OpenApiDocument.Text(server["url"]) is not { } template)
        {
            errors.Add(new ModelError($"{where}.url", "required field missing"));
            return ("", null);
        }

        var isComplete = true;
        var url = Variable().Replace(template, match =>
        {
            var name = match.Groups["name"].Value;
            var variable = server["variables"]?[name];
            _variables.Add(name);
            var value = options.ServerVariables.GetValueOrDefault(name) ?? OpenApiDocument.Text(variable?["default"]) ?? variable?["default"]?.ToString();
            if (value is null)
            {
                errors.Add(new ModelError($"{where}.variables.{name}", "has no default", $"--server-variable {name}=VALUE"));
                isComplete = false;
                return "";
            }

            var choices = (variable?["enum"] as JsonArray ?? []).Select(choice => choice?.ToString()).OfType<string>().ToList();
            if (choices.Count > 0 && !choices.Contains(value, StringComparer.Ordinal))
            {
                errors.Add(new ModelError($"{where}.variables.{name}", $"'{value}' is none of its values", string.Join(", ", choices)));
                isComplete = false;
            }

            return value;
        });
        return (template, isComplete ? url : null);
    }

    private static Uri? Absolute(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : null;

    private Uri? Refuse(string field, string problem, string? allowed)
    {
        errors.Add(new ModelError(field, problem, allowed));
        return null;
    }

    [GeneratedRegex(@"\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
