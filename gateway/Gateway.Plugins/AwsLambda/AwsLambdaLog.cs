using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.AwsLambda;

internal static partial class AwsLambdaLog
{
    [LoggerMessage(4151, LogLevel.Error, "aws-lambda: {Function} could not be invoked, or gave no usable result: {Problem}. Request {RequestId}")]
    public static partial void Failed(ILogger logger, string function, string problem, string requestId);

    [LoggerMessage(4152, LogLevel.Error, "aws-lambda: Lambda refused to invoke {Function}: {Status} {Reason}. Request {RequestId}")]
    public static partial void Refused(ILogger logger, string function, int status, string reason, string requestId);

    [LoggerMessage(4153, LogLevel.Warning, "aws-lambda: the body is longer than 1 MiB and is not sent to {Function}. Request {RequestId}")]
    public static partial void BodyTooLong(ILogger logger, string function, string requestId);
}
