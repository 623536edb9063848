using System.Collections.Frozen;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>A request's path, as logs and the database may keep it: escaped, of bounded length, and with a secret that names an entity masked (<c>/key-auths/THE-KEY</c>).</summary>
internal static class RecordedPath
{
    private const int Longest = 512;
    private const string KeySegment = "key";

    // Collections whose entities may be named by what is secret.
    private static readonly FrozenSet<string> Secretive = EntityCollection.All.Where(IsNamedBySecret)
        .SelectMany(collection => (string[])[collection.Segment, collection.NestedSegment]).ToFrozenSet(StringComparer.Ordinal);

    public static string Of(HttpRequest request, string? pattern)
    {
        var path = request.Path.ToUriComponent();
        if (pattern is not null && request.RouteValues.TryGetValue(KeySegment, out var key) && !Guid.TryParseExact((string?)key, "D", out _))
        {
            var steps = pattern.Split('/');
            var named = Array.IndexOf(steps, $"{{{KeySegment}}}");
            if (named > 0 && Secretive.Contains(steps[named - 1]))
            {
                var shown = path.Split('/');
                shown[named] = SecretMask.Text;
                path = string.Join('/', shown);
            }
        }

        return path.Length <= Longest ? path : path[..Longest] + "…";
    }

    private static bool IsNamedBySecret(EntityCollection collection) =>
        collection.KeyField is { } field && EntitySchemas.For(collection.Kind).Fields.Any(schema => schema.Name == field && schema.Secret);
}
