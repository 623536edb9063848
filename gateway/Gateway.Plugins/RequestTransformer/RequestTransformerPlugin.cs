using System.Text;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RequestTransformer;
using Gateway.Model.Templates;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.RequestTransformer;

/// <summary>Kong's <c>request-transformer</c>: path, method, headers, body and query of what goes upstream. Routing is over by then and sees none of it.</summary>
internal sealed class RequestTransformerPlugin : PluginInstance
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";

    private static readonly GatewayResponse TooLong =
        GatewayResponse.Error(StatusCodes.Status413PayloadTooLarge, "The request body is too large to be transformed");

    private readonly string? _method;
    private readonly bool _movesForm;
    private readonly Template? _uri;
    private readonly Operations _headers;
    private readonly Operations _query;
    private readonly Operations _body;

    public RequestTransformerPlugin(RequestTransformerConfig config)
        : this(config, Operations.Of(config, static parts => parts.Body))
    {
    }

    private RequestTransformerPlugin(RequestTransformerConfig config, Operations body)
        : base(new PluginPhases { Access = body.IsEmpty && !MovesForm(config.HttpMethod) ? PhaseMode.Inline : PhaseMode.Offloaded })
    {
        _method = config.HttpMethod?.ToUpperInvariant();
        _movesForm = MovesForm(config.HttpMethod);
        _uri = config.Replace.Uri is null ? null
            : Template.TryParse(config.Replace.Uri, out var uri, out var problem) ? uri
            : throw new ArgumentException(problem, nameof(config));
        _headers = Operations.Of(config, static parts => parts.Headers);
        _query = Operations.Of(config, static parts => parts.Querystring);
        _body = body;
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var request = context.Http.Request;
        var scope = new RequestScope(context);
        if (_uri is not null)
        {
            context.Upstream.Path = UpstreamPathText.Of(_uri.Render(scope));
        }

        context.Upstream.Method = _method ?? context.Upstream.Method;
        HeaderTransform.Apply(_headers, context, scope);
        if (Phases.Access == PhaseMode.Inline || !HasKnownType(request.ContentType))
        {
            TransformQuery(request, scope, moved: null);
            return default;
        }

        return TransformBodyAsync(context, scope);
    }

    private async ValueTask<GatewayResponse?> TransformBodyAsync(RequestContext context, RequestScope scope)
    {
        var request = context.Http.Request;
        if (await BufferedBody.ReadAsync(context.Http) is not { } body)
        {
            return TooLong;
        }

        var type = request.ContentType!;
        var moved = _movesForm && Is(type, Form) ? FormValues.Parse(Encoding.UTF8.GetString(body.Span)) : null;
        if (!_body.IsEmpty && await TransformAsync(type, body, scope) is { } changed)
        {
            BufferedBody.Replace(context.Http, changed);
        }

        TransformQuery(request, scope, moved);
        return null;
    }

    private ValueTask<byte[]?> TransformAsync(string type, ReadOnlyMemory<byte> body, RequestScope scope)
    {
        if (Is(type, Json))
        {
            return new(JsonTransform.Apply(_body, body, scope));
        }

        if (Is(type, Multipart))
        {
            return MultipartTransform.ApplyAsync(_body, body, type, scope);
        }

        var form = FormValues.Parse(Encoding.UTF8.GetString(body.Span));
        FormTransform.Apply(_body, form, scope);
        return new(Encoding.UTF8.GetBytes(form.ToString()));
    }

    private void TransformQuery(HttpRequest request, RequestScope scope, FormValues? moved)
    {
        if (_query.IsEmpty && moved is not { Count: > 0 })
        {
            return;
        }

        var query = FormValues.ParseQuery(request.QueryString.Value);
        if (moved is not null)
        {
            query.AppendAll(moved);
        }

        FormTransform.Apply(_query, query, scope);
        request.QueryString = query.Count == 0 ? QueryString.Empty : new QueryString("?" + query);
    }

    // A method without a body: what the form says moves to the query.
    private static bool MovesForm(string? method) => method?.ToUpperInvariant() is "GET" or "HEAD" or "TRACE";

    private static bool HasKnownType(string? type) => type is not null && (Is(type, Json) || Is(type, Form) || Is(type, Multipart));

    private static bool Is(string type, string wanted) => type.Contains(wanted, StringComparison.OrdinalIgnoreCase);
}
