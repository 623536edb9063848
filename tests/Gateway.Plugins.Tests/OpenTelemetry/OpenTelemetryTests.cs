using System.Net;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.OpenTelemetry.Otlp;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenTelemetry;

public sealed class OpenTelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";
    private const string Parent = $"00-{Trace}-{Caller}-01";

    [Fact]
    public async Task A_request_becomes_a_span_below_its_caller_s_with_the_way_to_the_upstream_below_it()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver);

        await harness.GetAsync("/x/y?secret=1", ("traceparent", Parent), ("tracestate", "a=b"));

        await Eventually.TrueAsync(() => receiver.Spans.Count == 2);
        var (root, way) = (receiver.Root, receiver.Spans.Single(static span => span.Name == "kong.balancer"));
        Assert.All(receiver.Spans, static span => Assert.Equal(Trace, Hex(span.TraceId)));
        Assert.Equal((Caller, Span.Types.SpanKind.Server), (Hex(root.ParentSpanId), root.Kind));
        Assert.Equal((Hex(root.SpanId), Span.Types.SpanKind.Client), (Hex(way.ParentSpanId), way.Kind));
        Assert.Equal($"00-{Trace}-{Hex(way.SpanId)}-01", harness.Upstream.LastHeaders["traceparent"]);
        Assert.Equal("a=b", harness.Upstream.LastHeaders["tracestate"]);
        Assert.True(root.StartTimeUnixNano <= way.StartTimeUnixNano && way.StartTimeUnixNano <= way.EndTimeUnixNano && way.EndTimeUnixNano <= root.EndTimeUnixNano);
        Assert.Equal(("GET", "/x", "x", 200), (Text(root, "http.method"), Text(root, "http.route"), Text(root, "kong.service.name"), Number(root, "http.status_code")));
        Assert.Equal(harness.Plane.Proxy.AbsoluteUri + "x/y", Text(root, "http.url"));
        Assert.Equal(("127.0.0.1", harness.Upstream.Url.Port, 1), (Text(way, "net.peer.name"), Number(way, "net.peer.port"), Number(way, "try_count")));
    }

    [Fact]
    public async Task The_receiver_learns_whose_spans_these_are()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        receiver.Authorization = "Bearer t";
        await using var harness = await StartAsync(
            receiver, ("headers", new JsonObject { ["Authorization"] = "Bearer t" }), ("resource_attributes", new JsonObject { ["service.name"] = "edge", ["site"] = "graz" }));

        await harness.GetAsync();

        await Eventually.TrueAsync(() => receiver.Exports.Count == 1);
        var resource = receiver.Exports[0].ResourceSpans.Single().Resource.Attributes.ToDictionary(static pair => pair.Key, static pair => pair.Value.StringValue);
        Assert.Equal(("edge", "graz"), (resource["service.name"], resource["site"]));
        Assert.NotEmpty(resource["service.instance.id"]);
    }

    [Theory]
    [InlineData("{}", "traceparent", Parent, "traceparent", "^00-" + Trace + "-[0-9a-f]{16}-01$")]
    [InlineData("{}", "b3", Trace + "-" + Caller + "-1", "b3", "^" + Trace + "-[0-9a-f]{16}-1-[0-9a-f]{16}$")]
    [InlineData("{}", null, null, "traceparent", "^00-[0-9a-f]{32}-[0-9a-f]{16}-01$")]
    [InlineData("""{"header_type":"ignore"}""", "traceparent", Parent, "traceparent", "^00-(?!" + Trace + ")[0-9a-f]{32}-[0-9a-f]{16}-01$")]
    [InlineData("""{"header_type":"b3"}""", "traceparent", Parent, "X-B3-TraceId", "^" + Trace + "$")]
    [InlineData("""{"header_type":"w3c"}""", "b3", Trace + "-" + Caller + "-1", "traceparent", "^00-" + Trace + "-[0-9a-f]{16}-01$")]
    [InlineData("""{"propagation":{"extract":["b3"],"inject":["w3c"],"default_format":"w3c"}}""", "traceparent", Parent, "traceparent", "^00-(?!" + Trace + ")[0-9a-f]{32}-[0-9a-f]{16}-01$")]
    [InlineData("""{"propagation":{"inject":["preserve"],"default_format":"b3-single"}}""", null, null, "b3", "^[0-9a-f]{32}-[0-9a-f]{16}-1-[0-9a-f]{16}$")]
    [InlineData("{}", "traceparent", "00-" + Trace + "-" + Caller + "-01-extra", "traceparent", "^00-(?!" + Trace + ")")]
    [InlineData("{}", "traceparent", "01-" + Trace + "-" + Caller + "-01-extra", "traceparent", "^00-" + Trace)]
    [InlineData("{}", "traceparent", "ff-" + Trace + "-" + Caller + "-01", "traceparent", "^00-(?!" + Trace + ")")]
    [InlineData("{}", "traceparent", "00-00000000000000000000000000000000-" + Caller + "-01", "traceparent", "^00-(?!0{32})")]
    [InlineData("{}", "traceparent", "00-" + Trace + "-0000000000000000-01", "traceparent", "^00-(?!" + Trace + ")")]
    [InlineData("{}", "traceparent", "00-0AF7651916CD43DD8448EB211C80319C-" + Caller + "-01", "traceparent", "^00-(?!" + Trace + ")(?!0AF)")]
    public async Task A_trace_goes_on_in_the_form_that_the_config_wants(string config, string? name, string? value, string header, string pattern)
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver, [.. JsonNode.Parse(config)!.AsObject().Select(static field => (field.Key, field.Value!.DeepClone()))]);

        await harness.GetAsync("/x", name is null ? [] : [(name, value!)]);

        Assert.Matches(pattern, harness.Upstream.LastHeaders[header]);
        await Eventually.TrueAsync(() => receiver.Spans.Count == 2);
    }

    [Fact]
    public async Task Several_headers_of_B3_are_one_trace_and_can_be_taken_off()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver, ("propagation", new JsonObject { ["extract"] = new JsonArray("b3"), ["inject"] = new JsonArray("w3c"), ["clear"] = new JsonArray("X-B3-TraceId", "X-B3-SpanId") }));

        await harness.GetAsync("/x", ("X-B3-TraceId", "8448eb211c80319c"), ("X-B3-SpanId", Caller), ("X-B3-Sampled", "1"));

        Assert.StartsWith("00-00000000000000008448eb211c80319c-", harness.Upstream.LastHeaders["traceparent"], StringComparison.Ordinal);
        Assert.DoesNotContain("X-B3-TraceId", harness.Upstream.LastHeaders.Keys);
    }

    [Theory]
    [InlineData("parent_drop_probability_fallback", 1.0, "00", false)]
    [InlineData("parent_drop_probability_fallback", 0.0, "01", false)]
    [InlineData("parent_drop_probability_fallback", 1.0, "01", true)]
    [InlineData("parent_probability_fallback", 0.0, "01", true)]
    [InlineData("parent_probability_fallback", 1.0, "00", false)]
    [InlineData("parent_probability_fallback", 1.0, null, true)]
    [InlineData("parent_probability_fallback", 0.0, null, false)]
    public async Task Who_decides_what_is_recorded_is_the_config_s_choice(string strategy, double rate, string? flags, bool isRecorded)
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver, ("sampling_strategy", strategy), ("sampling_rate", rate));

        await harness.GetAsync("/x", flags is null ? [] : [("traceparent", $"00-{Trace}-{Caller}-{flags}")]);
        await harness.Plane.StopAsync();

        Assert.EndsWith(isRecorded ? "-01" : "-00", harness.Upstream.LastHeaders["traceparent"], StringComparison.Ordinal);
        Assert.Equal(isRecorded ? 2 : 0, receiver.Spans.Count);
    }

    [Fact]
    public async Task A_share_of_traces_is_recorded_and_always_the_same_ones()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver, ("sampling_rate", 0.5), ("sampling_strategy", "parent_drop_probability_fallback"));

        foreach (var (low, flag) in new[] { ("0000000000000001", "01"), ("7000000000000000", "01"), ("8fffffffffffffff", "00"), ("ffffffffffffffff", "00") })
        {
            await harness.GetAsync("/x", ("traceparent", $"00-0000000000000000{low}-{Caller}-01"));
            Assert.EndsWith(flag, harness.Upstream.LastHeaders["traceparent"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_that_were_refused_before_and_upstreams_that_fail_have_spans_too()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await using var harness = await StartAsync(receiver, ("http_response_header_for_traceid", "X-Trace-Id"));
        harness.Configuration.Plugin("key-auth", route: harness.Route);
        harness.Configuration.Route("dead", harness.Configuration.Service("dead", new Uri($"http://127.0.0.1:{FreePorts.One()}"), static service => service with { Retries = 1 }), static route => route with { Paths = ["/dead"] });
        await harness.ApplyAsync(2);

        var refused = await harness.GetAsync("/x", ("traceparent", Parent));
        await harness.GetAsync("/dead");

        Assert.Equal((401, Trace), (refused.Status, refused.Header("X-Trace-Id")));
        await Eventually.TrueAsync(() => receiver.Spans.Count == 4);
        Assert.Equal(401, Number(receiver.Spans.Single(static span => Hex(span.TraceId) == Trace), "http.status_code"));
        var failed = receiver.Spans.Where(static span => Hex(span.TraceId) != Trace).ToList();
        Assert.All(failed, static span => Assert.Equal(Status.Types.StatusCode.Error, span.Status.Code));
        Assert.Equal(3, failed.Select(static span => Hex(span.SpanId)).Distinct().Count());
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 2, 0)]
    [InlineData(HttpStatusCode.TooManyRequests, 2, 0)]
    [InlineData(HttpStatusCode.BadRequest, 0, 1)]
    public async Task What_a_receiver_cannot_take_now_is_sent_again_and_what_it_refuses_is_dropped_and_counted(HttpStatusCode status, int spans, int dropped)
    {
        await using var receiver = await TraceReceiver.StartAsync();
        receiver.Refusals.Enqueue(status);
        await using var harness = await StartAsync(receiver);

        await harness.GetAsync();

        await Eventually.TrueAsync(() => receiver.Spans.Count == spans && harness.Plane.Metric("gateway.log.dropped", ("plugin", "opentelemetry"), ("reason", "refused")) == dropped);
    }

    private static async Task<PluginHarness> StartAsync(TraceReceiver receiver, params (string Name, JsonNode Value)[] config)
    {
        var harness = await PluginHarness.StartAsync();
        var all = new JsonObject { ["traces_endpoint"] = receiver.Url, ["sampling_rate"] = 1 };
        foreach (var (name, value) in config)
        {
            all[name] = value;
        }

        harness.Configuration.Plugin("opentelemetry", all);
        await harness.ApplyAsync();
        return harness;
    }

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static string Text(Span span, string name) => span.Attributes.Single(pair => pair.Key == name).Value.StringValue;

    private static int Number(Span span, string name) => (int)span.Attributes.Single(pair => pair.Key == name).Value.IntValue;
}
