using System.Text.Json.Nodes;
using Gateway.Model.Declarative;
using Gateway.Model.Plugins;

namespace Gateway.Model.OpenApi;

/// <summary>
/// Makes services and routes of an OpenAPI document (3.0 or 3.1, YAML or JSON), in the way of decK's <c>openapi2kong</c>: a service for each server, a route for each operation, whose path is
/// a regular expression that the template's whole path has to match.
/// </summary>
public sealed class OpenApiImport
{
    private const string Validator = "request-validator";

    // Static paths go before those with templates (OpenAPI 3.1, "Path Templating Matching"); of the latter, fewer templates go first.
    private const int StaticPriority = 200;

    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    private static readonly string[] NotOfPathItem = [.. Methods, "summary", "description", "servers", "parameters", "$ref"];

    private readonly OpenApiDocument _document;
    private readonly OpenApiImportOptions _options;
    private readonly OpenApiServers _servers;
    private readonly KongExtensions _extensions;
    private readonly ImportedServices _services;
    private readonly List<ModelError> _errors;
    private readonly List<ModelError> _notes = [];
    private readonly Dictionary<string, string> _routeNames = new(StringComparer.Ordinal);

    private string _baseName = "";
    private int _secured;

    private OpenApiImport(OpenApiDocument document, OpenApiImportOptions options, List<ModelError> errors)
    {
        _document = document;
        _options = options;
        _errors = errors;
        _servers = new OpenApiServers(options, errors);
        _extensions = new KongExtensions(document, errors);
        _services = new ImportedServices(document, _extensions);
    }

    public static OpenApiImportResult Convert(string text, OpenApiImportOptions options)
    {
        var errors = new List<ModelError>();
        if (options.Validation && PluginCatalogue.Find(Validator) is null)
        {
            errors.Add(new ModelError("--validation", $"this version has no plugin {Validator}"));
        }

        var document = OpenApiDocument.Read(text, errors);
        return document is null || errors.Count > 0 ? new OpenApiImportResult(null, errors, []) : new OpenApiImport(document, options, errors).Run();
    }

    private OpenApiImportResult Run()
    {
        var root = _document.Root;
        _baseName = Names.Of(OpenApiDocument.Text(root["x-kong-name"]) ?? OpenApiDocument.Text(root["info"]?["title"]) ?? "api");
        _extensions.Check(root, "", "x-kong-name", "x-kong-tags", "x-kong-service-defaults", "x-kong-route-defaults");
        if (root["webhooks"] is not null)
        {
            _notes.Add(new ModelError("webhooks", "are requests that the API makes: no routes"));
        }

        var address = _servers.Choose(root["servers"], "servers", isRoot: true);
        if (address is not null)
        {
            var service = _services.At(address, _baseName);
            if (_extensions.Plugins(root, "") is { Count: > 0 } plugins)
            {
                service["plugins"] = plugins;
            }
        }

        foreach (var (path, node) in root["paths"] as JsonObject ?? [])
        {
            if (!path.StartsWith("x-", StringComparison.Ordinal))
            {
                AddPath(path, node, address);
            }
        }

        if (_routeNames.Count == 0 && _errors.Count == 0)
        {
            _errors.Add(new ModelError("paths", "there is no operation in it"));
        }

        if (_secured > 0)
        {
            _notes.Add(new ModelError("security", $"asked for by {_secured} of {_routeNames.Count} operations, and by no route as it is", "an authentication plugin, such as key-auth or openid-connect"));
        }

        var file = Write();
        Verify(file);
        return new OpenApiImportResult(_errors.Count == 0 ? file : null, _errors, _notes);
    }

    private void AddPath(string path, JsonNode? node, Uri? address)
    {
        var where = $"paths.{path}";
        if (_document.Resolve(node, where, _errors) is not { } item)
        {
            return;
        }

        foreach (var (name, _) in item.Where(member => !NotOfPathItem.Contains(member.Key, StringComparer.Ordinal) && !member.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            _errors.Add(new ModelError($"{where}.{name}", "unknown field", string.Join(", ", NotOfPathItem)));
        }

        _extensions.Check(item, where + ".");
        if (PathTemplate.Read(path, where, _errors) is not { } template)
        {
            return;
        }

        var server = item["servers"] is null ? address : _servers.Choose(item["servers"], $"{where}.servers", isRoot: false);
        foreach (var method in Methods.Where(method => item[method] is not null))
        {
            if (_document.Resolve(item[method], $"{where}.{method}", _errors) is { } operation)
            {
                AddOperation(new Operation(path, method, $"{where}.{method}", template, item, operation), server);
            }
        }
    }

    private void AddOperation(Operation operation, Uri? pathServer)
    {
        var (node, where) = (operation.Node, operation.Where);
        _extensions.Check(node, where + ".", "x-kong-name");
        var server = node["servers"] is null ? pathServer : _servers.Choose(node["servers"], $"{where}.servers", isRoot: false);
        if (server is null)
        {
            return;
        }

        var name = $"{_baseName}_{Names.Of(OpenApiDocument.Text(node["x-kong-name"]) ?? OpenApiDocument.Text(node["operationId"]) ?? $"{(operation.Path is "/" ? "root" : operation.Path)}~{operation.Method}")}";
        if (!_routeNames.TryAdd(name, where))
        {
            _errors.Add(new ModelError($"{where}.operationId", $"makes the route's name {name}, as {_routeNames[name]} does", "an operationId of its own"));
            return;
        }

        var route = new JsonObject
        {
            ["name"] = name,
            ["methods"] = new JsonArray(operation.Method.ToUpperInvariant()),
            ["paths"] = new JsonArray("~" + operation.Template.Pattern),
            ["regex_priority"] = StaticPriority - Math.Min(operation.Template.Groups.Count, StaticPriority - 1),
            ["strip_path"] = false,
        };
        _extensions.AddDefaults(route, "x-kong-route-defaults", "name", "methods", "paths");
        AddTags(route, node, where);
        if (node["security"] is JsonArray { Count: > 0 } || (node["security"] is null && _document.Root["security"] is JsonArray { Count: > 0 }))
        {
            _secured++;
        }

        if (node["callbacks"] is not null)
        {
            _notes.Add(new ModelError($"{where}.callbacks", "are requests that the API makes: no routes"));
        }

        var plugins = _extensions.Plugins(operation.Item, $"{operation.PathWhere}.");
        foreach (var plugin in _extensions.Plugins(node, where + ".").ToList())
        {
            // The operation's own takes the place of the path's.
            plugins.RemoveAll(other => (string?)other!["name"] == (string?)plugin!["name"]);
            plugins.Add(plugin!.DeepClone());
        }

        if (_options.Validation && new ValidatorConfig(_document, _errors, _notes).Of(operation) is { } config)
        {
            plugins.Add(new JsonObject { ["name"] = Validator, ["config"] = config });
        }

        if (plugins.Count > 0)
        {
            route["plugins"] = plugins;
        }

        Routes(_services.At(server, $"{_baseName}-{Names.Of(server.Host)}")).Add(route);
    }

    private static JsonArray Routes(JsonObject service)
    {
        if (service["routes"] is not JsonArray routes)
        {
            service["routes"] = routes = [];
        }

        return routes;
    }

    // A tag of a document may hold what a tag of ours can't; one that limits who gets the route is nothing for a document to say.
    private void AddTags(JsonObject route, JsonObject operation, string where)
    {
        var tags = new List<string>();
        foreach (var tag in (_document.Root["x-kong-tags"] as JsonArray ?? []).Concat(operation["tags"] as JsonArray ?? []).Select(OpenApiDocument.Text).OfType<string>())
        {
            if (tag.StartsWith(Configuration.SiteSelector.TagPrefix, StringComparison.Ordinal))
            {
                _notes.Add(new ModelError($"{where}.tags", $"{tag} would limit the route to sites: left out"));
            }
            else
            {
                tags.Add(string.Concat(tag.Select(letter => letter is ',' or '/' || char.IsControl(letter) ? '-' : letter)));
            }
        }

        if (tags.Count > 0)
        {
            route["tags"] = new JsonArray([.. tags.Distinct(StringComparer.Ordinal).Select(tag => JsonValue.Create(tag))]);
        }
    }

    private JsonObject Write()
    {
        var file = new JsonObject { ["_format_version"] = "3.0" };
        if (_options.SelectTags.Count > 0)
        {
            file["_info"] = new JsonObject { ["select_tags"] = new JsonArray([.. _options.SelectTags.Select(tag => JsonValue.Create(tag))]) };
        }

        // A server that nothing is served from has no routes.
        file["services"] = new JsonArray([.. _services.All.Where(service => service.ContainsKey("routes") || service.ContainsKey("plugins"))]);
        return file;
    }

    /// <summary>What comes out is what the loader takes.</summary>
    private void Verify(JsonObject file)
    {
        if (_errors.Count > 0)
        {
            return;
        }

        foreach (var error in DeclarativeLoader.Load(file.ToJsonString(), TimeProvider.System).Errors)
        {
            _errors.Add(error with { Problem = $"what the document makes is invalid: {error.Problem}" });
        }
    }
}
