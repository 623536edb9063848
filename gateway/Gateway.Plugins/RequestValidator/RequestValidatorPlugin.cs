using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.RequestValidator;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.Plugins.RequestValidator;

/// <summary>Kong's <c>request-validator</c>: parameters first, then content type and body.</summary>
internal sealed class RequestValidatorPlugin : PluginInstance
{
    private const string BadParameter = "request param doesn't conform to schema";
    private const string BadBody = "request body doesn't conform to schema";
    private const string BadContentType = "specified Content-Type is not allowed";
    private const string NoJson = "request body is not valid JSON";

    private static readonly GatewayResponse TooLong =
        GatewayResponse.Error(StatusCodes.Status413PayloadTooLarge, "The request body is too large to be validated");

    private readonly bool _isVerbose;
    private readonly Parameter[] _parameters;
    private readonly ContentTypes _types;
    private readonly BodyValidator? _body;

    public RequestValidatorPlugin(RequestValidatorConfig config)
        : base(new PluginPhases { Access = PhaseMode.Offloaded })
    {
        _isVerbose = config.VerboseResponse;
        _parameters = [.. (config.ParameterSchema ?? []).Select(parameter => new Parameter(parameter))];
        _types = new ContentTypes(config.AllowedContentTypes, config.ContentTypeParameterValidation);
        _body = config.BodySchema is { } schema ? new BodyValidator(config.Version, schema) : null;
    }

    public override ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Validate(context) is { } failed)
            {
                return new(_isVerbose
                    ? Refuse($"{parameter.In} '{parameter.Name}' validation failed, [error] {failed.Problem}", failed.Data?.DeepClone())
                    : Refuse(BadParameter));
            }
        }

        if (_body is null)
        {
            return default;
        }

        if (!MediaTypeHeaderValue.TryParse(context.Http.Request.ContentType, out var type) || !_types.Includes(type))
        {
            return new(Refuse(_isVerbose ? BadContentType : BadBody));
        }

        // Nothing is known of other allowed types.
        return ContentTypes.IsJson(type) ? ValidateBodyAsync(context, _body) : default;
    }

    private async ValueTask<GatewayResponse?> ValidateBodyAsync(RequestContext context, BodyValidator validator)
    {
        if (await BufferedBody.ReadAsync(context.Http) is not { } body)
        {
            return TooLong;
        }

        try
        {
            return validator.Validate(body) is { } problem ? Refuse(_isVerbose ? problem : BadBody) : null;
        }
        catch (JsonException)
        {
            return Refuse(NoJson);
        }
    }

    private static GatewayResponse Refuse(JsonNode message, JsonNode? data = null)
    {
        var body = new JsonObject { ["message"] = message };
        if (data is not null)
        {
            body["data"] = data;
        }

        return new GatewayResponse(StatusCodes.Status400BadRequest)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body),
            ContentType = "application/json; charset=utf-8",
        };
    }
}
