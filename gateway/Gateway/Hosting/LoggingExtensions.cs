using Gateway.Settings;

namespace Gateway.Hosting;

/// <summary>Records on standard output, as LOG_LEVEL and LOG_FORMAT say.</summary>
internal static class LoggingExtensions
{
    public static void AddGatewayLogging(this ILoggingBuilder logging, GatewaySettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(settings.LogLevel switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        });

        // The frameworks' own records are for those who debug them.
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // As long as this one may write anything at all, the host makes an activity, a scope and an id for each request, which nobody reads.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Grpc", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        if (settings.LogFormat == "json")
        {
            logging.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                options.UseUtcTimestamp = true;
                options.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
            });
        }
    }
}
