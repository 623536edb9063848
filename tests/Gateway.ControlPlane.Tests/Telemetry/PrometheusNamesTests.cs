using Gateway.ControlPlane.Telemetry;

namespace Gateway.ControlPlane.Tests.Telemetry;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("gateway.requests", "{request}", false, "gateway_requests_total")]
    [InlineData("gateway.request.bytes", "By", false, "gateway_request_bytes_total")]
    [InlineData("gateway.request.latency", "ms", true, "gateway_request_latency_milliseconds")]
    [InlineData("http.server.request.duration", "s", true, "http_server_request_duration_seconds")]
    [InlineData("jobs_total", "1", false, "jobs_total")]
    [InlineData("9 lives--left", "", false, "_9_lives_left_total")]
    [InlineData("größe", "m/s", false, "gr_e_m_s_total")]
    public void A_metrics_name_becomes_prometheus_own(string metric, string unit, bool isHistogram, string family) =>
        Assert.Equal(family, PrometheusNames.Family(metric, unit, isHistogram));

    [Fact]
    public void Labels_are_escaped_and_never_hide_the_site_or_prometheus_own()
    {
        var labels = PrometheusNames.Labels("on-prem", [new("a.b", "1"), new("a_b", "2"), new("le", "3"), new("site", "cloud"), new("x", "\"\\\n"), new("9", "4"), new("__name__", "5")]);
        Assert.Equal("""site="on-prem",a_b="1;2",attribute_9="4",attribute_le="3",attribute_name__="5",exported_site="cloud",x="\"\\\n" """.TrimEnd(), labels);
    }
}
