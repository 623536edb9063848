using System.Net;
using Gateway.DataPlane.Forwarding;
using Gateway.Model.Entities;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.DataPlane.Model;

/// <summary>A service, compiled.</summary>
internal sealed class ServiceModel
{
    public ServiceModel(Service entity, UpstreamProtocol protocol)
    {
        Entity = entity;
        Protocol = protocol;
        IsTls = protocol is UpstreamProtocol.Https or UpstreamProtocol.Grpcs;
        IsGrpc = protocol is UpstreamProtocol.Grpc or UpstreamProtocol.Grpcs;
        Path = string.IsNullOrEmpty(entity.Path) ? "/" : entity.Path;
        Timeouts = new UpstreamTimeouts(
            TimeSpan.FromMilliseconds(entity.ConnectTimeout),
            TimeSpan.FromMilliseconds(entity.WriteTimeout),
            TimeSpan.FromMilliseconds(entity.ReadTimeout));
        Forwarding = ForwardingWith(Timeouts.Read);

        // While a body is on its way the upstream need not have said anything: then the longer of the two limits holds.
        ForwardingWithBody = ForwardingWith(Timeouts.Read > Timeouts.Write ? Timeouts.Read : Timeouts.Write);
        Direct = new TargetModel(entity.Host, entity.Port, weight: 1);
    }

    public Guid Id => Entity.Id;

    public Service Entity { get; }

    public UpstreamProtocol Protocol { get; }

    public bool IsTls { get; }

    public bool IsGrpc { get; }

    /// <summary>Begins with a slash.</summary>
    public string Path { get; }

    public UpstreamTimeouts Timeouts { get; }

    /// <summary>How the forwarder sends requests without a body.</summary>
    public ForwarderRequestConfig Forwarding { get; }

    /// <summary>How the forwarder sends requests with a body.</summary>
    public ForwarderRequestConfig ForwardingWithBody { get; }

    /// <summary>The service's own host, for when no upstream has its name.</summary>
    public TargetModel Direct { get; }

    // gRPC needs HTTP/2 and may be in clear; all else is HTTP/1.1, as with Kong.
    private ForwarderRequestConfig ForwardingWith(TimeSpan idle) => new()
    {
        ActivityTimeout = idle,
        Version = IsGrpc ? HttpVersion.Version20 : HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
