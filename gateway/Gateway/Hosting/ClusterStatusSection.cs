using System.Text.Json;
using Gateway.DataPlane.Hosting;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Subscription;

namespace Gateway.Hosting;

/// <summary>The data plane's end of the configuration tunnel, in <c>/status</c>.</summary>
internal sealed class ClusterStatusSection(
    SubscriptionState subscription, ProcessInstance instance, CertificateFiles certificates, RenewalState renewal) : IStatusSection
{
    public string Name => "cluster";

    public void Write(Utf8JsonWriter json)
    {
        var status = subscription.Current;
        json.WriteStartObject();
        json.WriteString("instance_id", instance.Id);
        json.WriteBoolean("connected", status.Connected);
        json.WriteString("control_plane", status.ControlPlane);
        json.WriteString("config_hash", status.Hash);
        json.WriteString("origin", JsonNamingPolicy.SnakeCaseLower.ConvertName(status.Origin.ToString()));
        json.WriteString("last_refusal", status.LastRefusal);
        json.WriteString("notice", status.Notice);
        json.WriteString("last_error", status.LastError);
        json.WriteString("cache_problem", status.CacheProblem);
        WriteCertificate(json);
        json.WriteEndObject();
    }

    private void WriteCertificate(Utf8JsonWriter json)
    {
        var material = certificates.Current;
        json.WriteStartObject("certificate");
        json.WriteString("identity", material.Identity.ToString());
        json.WriteString("serial_number", material.Leaf.SerialNumber.ToLowerInvariant());
        json.WriteString("expires_at", material.NotAfter);
        json.WriteStartArray("authorities");
        foreach (var authority in material.Authorities)
        {
            json.WriteStringValue(AuthorityFingerprint.Of(authority));
        }

        json.WriteEndArray();
        if (renewal.Current.Due is { } due)
        {
            json.WriteString("renewal_due_at", due);
        }
        else
        {
            json.WriteNull("renewal_due_at");
        }

        json.WriteString("renewal_problem", renewal.Current.Problem);
        json.WriteEndObject();
    }
}
