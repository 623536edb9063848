using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class ServiceSchema
{
    private static readonly string[] Protocols = ["http", "https", "grpc", "grpcs"];

    private static readonly string[] TlsFields = ["tls_verify", "tls_verify_depth", "client_certificate", "ca_certificates"];

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Services,
        EndpointKey = "name",
        Shorthand = ExpandUrl,
        Checks = [RefuseTlsFieldsWithoutTls],
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            CommonFields.Name(),
            Field.Integer("retries", 5, 0, 32767),
            Field.Choice("protocol", "http", Protocols) with { Unsupported = ["tcp", "tls", "tls_passthrough", "udp", "ws", "wss"] },
            Field.Text("host") with { Required = true, Check = value => Texts.HostProblem(value.GetValue<string>()) },
            Field.Integer("port", 80, 0, 65535),
            Field.Text("path") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            CommonFields.Timeout("connect_timeout"),
            CommonFields.Timeout("write_timeout"),
            CommonFields.Timeout("read_timeout"),
            CommonFields.Tags,
            Field.Flag("tls_verify", null),
            Field.Integer("tls_verify_depth", null, 0, 64),
            Field.Foreign("client_certificate", EntityKinds.Certificates, cascades: false),
            Field.List("ca_certificates", CommonFields.IdOf(EntityKinds.CaCertificates)),
            Field.Flag("enabled", true),
        ],
    };

    // Kong's shorthand: `url` for protocol, host, port and path.
    private static IEnumerable<ModelError> ExpandUrl(JsonObject input)
    {
        if (!input.Remove("url", out var given) || given is null)
        {
            return [];
        }

        if (JsonText.Of(given) is not { } text
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || !Protocols.Contains(url.Scheme, StringComparer.Ordinal))
        {
            return [new ModelError("url", "expected a URL", "http, https, grpc or grpcs, such as http://example.com:8080/base")];
        }

        // Nothing that was written is dropped: a request's own query goes upstream, and credentials in a URL would.
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return [new ModelError("url", "has parts that a service cannot have", "protocol, host, port and path, such as http://example.com:8080/base")];
        }

        input["protocol"] = url.Scheme;
        input["host"] = url.Host;
        input["port"] = url.IsDefaultPort || url.Port < 0 ? DefaultPort(url.Scheme) : url.Port;

        // A path only where one was written: the parser makes "/" of none.
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = text.IndexOf('/', authority);
        input["path"] = slash < 0 ? null : text[slash..];
        return [];
    }

    private static IEnumerable<ModelError> RefuseTlsFieldsWithoutTls(JsonObject service)
    {
        var protocol = service["protocol"]!.GetValue<string>();
        foreach (var name in protocol is "https" or "grpcs" ? [] : TlsFields.Where(name => service[name] is not (null or JsonArray { Count: 0 })))
        {
            yield return new ModelError(name, $"value must be null where 'protocol' is '{protocol}'");
        }
    }

    private static int DefaultPort(string scheme) => scheme is "https" or "grpcs" ? 443 : 80;
}
