using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Publication.Releases;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary>Where the releases stand, as administrators see it.</summary>
internal static class ReleaseView
{
    public static JsonObject Of(ReleaseStatus status) => new()
    {
        ["head_revision"] = status.Head,
        ["stable"] = new JsonObject { ["revision"] = status.Stable, ["held"] = status.Held },
        ["stage"] = status.Stage is null ? null : Of(status.Stage),
        ["staged_revisions"] = status.Staged,
        ["waiting_revisions"] = status.Waiting,
        ["waiting_because"] = status.WaitingBecause,
        ["moves"] = new JsonArray([.. status.Moves.Select(Of)]),
    };

    private static JsonObject Of(OpenStage stage)
    {
        var labels = new JsonObject();
        foreach (var (label, value) in stage.Labels)
        {
            labels[label] = value;
        }

        return new JsonObject
        {
            ["revision"] = stage.Revision,
            ["sites"] = labels,
            ["matching_sites"] = new JsonArray([.. stage.Sites.Select(site => JsonValue.Create(site))]),
            ["principal"] = stage.Record.Principal,
            ["opened_at"] = Time(stage.Record.OpenedAt),
            ["staged_at"] = Time(stage.Record.StagedAt),
            ["instances"] = new JsonObject
            {
                ["connected"] = stage.Instances.Count,
                ["applied"] = stage.Instances.Count(instance => instance.Revision == stage.Revision),
                ["refused"] = stage.Instances.Count(instance => instance.RefusedRevision == stage.Revision),
            },
            ["errors"] = new JsonObject
            {
                ["before"] = Of(stage.Record.Before),
                ["since"] = Of(stage.Served),
                ["max_error_rise"] = stage.Record.Terms.MaximumErrorRise,
                ["min_requests"] = stage.Record.Terms.MinimumRequests,
            },
        };
    }

    private static JsonObject Of(RequestCounts counts) =>
        new() { ["requests"] = counts.Requests, ["errors"] = counts.Errors, ["share"] = Math.Round(counts.ErrorShare, 4) };

    private static JsonObject Of(ReleaseMove move) => new()
    {
        ["action"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(move.Action.ToString()),
        ["revision"] = move.Revision,
        ["principal"] = move.Principal,
        ["source_address"] = move.SourceAddress,
        ["reason"] = move.Reason,
        ["time"] = Time(move.Time),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
