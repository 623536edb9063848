using System.Runtime.InteropServices;
using Gateway.Model.Entities;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>Whose schema it is: another address of a service may be another server.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SchemaKey(Guid Service, string Protocol, string Host, int Port, string? Path)
{
    public static SchemaKey Of(Service service) => new(service.Id, service.Protocol, service.Host, service.Port, service.Path);
}
