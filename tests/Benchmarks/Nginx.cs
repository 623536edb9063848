using System.Globalization;
using Hybrid.Testing;

namespace Hybrid.Benchmarks;

/// <summary>nginx as the peer, and as the upstream of both: one worker each, keep-alive on both sides, nothing logged.</summary>
internal sealed class Nginx(TemporaryFolder folder, int upstreamPort, int proxyPort) : IAsyncDisposable
{
    private readonly List<RunningProcess> _processes = [];

    public Uri Proxy => new($"http://127.0.0.1:{proxyPort}/bench");

    public async Task StartAsync()
    {
        Start("upstream", $$"""
            server {
              listen 127.0.0.1:{{upstreamPort}} backlog=1024;
              keepalive_requests 1000000000;
              location / { default_type application/json; return 200 '{"pets":[{"id":1,"name":"Rex"},{"id":2,"name":"Tom"}]}'; }
            }
            """);
        Start("proxy", $$"""
            upstream backend { server 127.0.0.1:{{upstreamPort}}; keepalive 128; keepalive_requests 1000000000; }
            server {
              listen 127.0.0.1:{{proxyPort}} backlog=1024;
              keepalive_requests 1000000000;
              location /bench {
                proxy_pass http://backend/;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host $host;
                proxy_set_header X-Real-IP $remote_addr;
              }
            }
            """);
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync(Proxy)).IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Send(Signal.Terminate);
            await process.ExitCodeAsync();
            await process.DisposeAsync();
        }
    }

    private void Start(string name, string server)
    {
        var prefix = folder.PathOf(name);
        Directory.CreateDirectory(prefix);
        var file = Path.Combine(prefix, "nginx.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            worker_processes 1;
            pid {{prefix}}/pid;
            error_log stderr error;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{prefix}}/a; proxy_temp_path {{prefix}}/b; fastcgi_temp_path {{prefix}}/c; uwsgi_temp_path {{prefix}}/d; scgi_temp_path {{prefix}}/e;
            {{server}}
            }
            """));
        _processes.Add(RunningProcess.Start("nginx", ["-c", file, "-p", prefix]));
    }
}
