using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>Turns a service into what forwarding needs, or says what this data plane cannot do.</summary>
internal static class ServiceCompiler
{
    public static ServiceModel? Compile(Service service, ICollection<ModelError> errors)
    {
        UpstreamProtocol? protocol = service.Protocol switch
        {
            "http" => UpstreamProtocol.Http,
            "https" => UpstreamProtocol.Https,
            "grpc" => UpstreamProtocol.Grpc,
            "grpcs" => UpstreamProtocol.Grpcs,
            _ => null,
        };
        var where = $"services[{service.Name ?? service.Id.ToString()}]";
        if (protocol is null)
        {
            errors.Add(new ModelError($"{where}.protocol", $"{service.Protocol} is not served", "http, https, grpc, grpcs"));
            return null;
        }

        if (service.Port is < 1 or > 65535)
        {
            errors.Add(new ModelError($"{where}.port", $"{service.Port} is not a port", "1 to 65535"));
            return null;
        }

        return new ServiceModel(service, protocol.Value);
    }
}
