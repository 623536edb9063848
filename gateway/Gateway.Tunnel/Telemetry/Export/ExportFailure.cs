using Google.Protobuf;
using Grpc.Core;
using GoogleStatus = Gateway.Tunnel.Telemetry.Rpc.Status;
using RetryInfo = Gateway.Tunnel.Telemetry.Rpc.RetryInfo;

namespace Gateway.Tunnel.Telemetry.Export;

/// <summary>What an error of a server means, by OTLP's specification ("Failures", "OTLP/gRPC Throttling").</summary>
/// <param name="IsRetryable">Whether the same may be sent again. Where not, it never will be taken.</param>
/// <param name="Delay">How long the server asks us to wait; null where it does not.</param>
internal sealed record ExportFailure(bool IsRetryable, TimeSpan? Delay)
{
    /// <summary>Longer than this nobody is obeyed: counts should come through on the same day.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    private const string DetailsTrailer = "grpc-status-details-bin";

    public static ExportFailure Of(RpcException error)
    {
        var delay = DelayOf(error.Trailers);
        return new ExportFailure(
            error.StatusCode switch
            {
                StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.OutOfRange or StatusCode.Unavailable or StatusCode.DataLoss => true,
                StatusCode.ResourceExhausted => delay is not null,
                _ => false,
            },
            delay);
    }

    private static TimeSpan? DelayOf(Metadata trailers)
    {
        if (trailers.GetValueBytes(DetailsTrailer) is not { } bytes)
        {
            return null;
        }

        try
        {
            foreach (var detail in GoogleStatus.Parser.ParseFrom(bytes).Details)
            {
                if (detail.TryUnpack<RetryInfo>(out var retry) && retry.RetryDelay is { } delay)
                {
                    var seconds = delay.Seconds + (delay.Nanos / 1e9);
                    return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestDelay.TotalSeconds));
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Details are an addition: the status stands without them.
        }

        return null;
    }
}
