using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Gateway.Tunnel.Hosting;

/// <summary>Opens a way through an HTTP proxy to a control plane. What comes back carries bytes only: the tunnel's own TLS goes over it, end to end.</summary>
/// <param name="timeout">For all of it, from the name of the proxy to its answer.</param>
internal sealed class ProxyConnector(TunnelProxy proxy, TimeSpan timeout)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        Stream? stream = null;
        try
        {
            stream = await DialAsync(limit.Token);
            if (proxy.Tls)
            {
                stream = await SecureAsync(stream, limit.Token);
            }

            await stream.WriteAsync(Encoding.Latin1.GetBytes(Request(target)), limit.Token);
            var status = await ProxyAnswer.ReadStatusAsync(stream, limit.Token);
            if (status is < 200 or > 299)
            {
                throw new ProxyException($"the proxy {proxy} {ProblemOf(status, target)}");
            }

            var open = stream;
            stream = null;
            return open;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProxyException($"the proxy {proxy} gave no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (InvalidDataException error)
        {
            throw new ProxyException($"the proxy {proxy} {error.Message}");
        }
        catch (AuthenticationException error)
        {
            throw new ProxyException($"the proxy {proxy}: no TLS: {Innermost(error).Message}");
        }
        catch (Exception error) when (error is SocketException or IOException and not ProxyException)
        {
            throw new ProxyException($"the proxy {proxy}: {Innermost(error).Message}");
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
        }
    }

    private async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Host, proxy.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(Stream transport, CancellationToken cancellationToken)
    {
        var secure = new SslStream(transport);
        try
        {
            var options = new SslClientAuthenticationOptions { TargetHost = proxy.Host };
            if (!proxy.VerifyCertificate)
            {
                // As the administrator says. What goes within is TLS again, with the control plane.
#pragma warning disable CA5359
                options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            }

            await secure.AuthenticateAsClientAsync(options, cancellationToken);
            return new ProxiedStream(secure);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private string Request(DnsEndPoint target)
    {
        var authority = Authority(target);
        var request = new StringBuilder($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n");
        if (proxy.User is not null)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{proxy.User}:{proxy.Password}"));
            request.Append("Proxy-Authorization: Basic ").Append(credentials).Append("\r\n");
        }

        return request.Append("\r\n").ToString();
    }

    private string ProblemOf(int status, DnsEndPoint target) => status switch
    {
        407 when proxy.User is null => "asks for a user and a password (407)",
        407 => "refuses the user or the password (407)",
        403 => $"does not let us out to {Authority(target)} (403)",
        502 or 503 or 504 => $"cannot reach {Authority(target)} ({status})",
        _ => $"answers CONNECT {Authority(target)} with {status}",
    };

    private static string Authority(DnsEndPoint target) =>
        target.Host.Contains(':', StringComparison.Ordinal) && target.Host[0] != '[' ? $"[{target.Host}]:{target.Port}" : $"{target.Host}:{target.Port}";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is not null)
        {
            error = error.InnerException;
        }

        return error;
    }
}
