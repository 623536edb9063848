using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary>The whole configuration, as far as it is the caller's to read; secrets included: who shows it masks them.</summary>
internal sealed class ReadableConfiguration(ConfigurationReader reader)
{
    public async Task<IReadOnlyCollection<KeyValuePair<EntityKey, JsonObject>>> AllAsync(AdminRequest request)
    {
        var all = await reader.AllAsync(request.Cancellation);
        if (request.Limits is not { } tags)
        {
            return all;
        }

        var byKey = all.ToDictionary();
        var shown = new List<KeyValuePair<EntityKey, JsonObject>>();
        foreach (var entity in all)
        {
            if (await TagScope.HoldsAsync(entity.Key.Kind, entity.Value, tags, (kind, id) => Task.FromResult(byKey.GetValueOrDefault(new EntityKey(kind, id)))))
            {
                shown.Add(entity);
            }
        }

        return shown;
    }
}
