using System.Globalization;
using Hybrid.Testing;

namespace Hybrid.Benchmarks.Proxy;

/// <summary>The other proxies, each as its documentation sets it up for this: one worker, keep-alive on both sides, nothing logged, the same headers added.</summary>
internal sealed class PeerProcesses(TemporaryFolder folder, int ports) : IAsyncDisposable
{
    private const int Kib = 1024;

    private readonly List<RunningProcess> _processes = [];

    private static string Modules => "/usr/lib/nginx/modules";

    public int UpstreamPort => ports + 50;

    private string Certificate => folder.PathOf("server.crt");

    private string Key => folder.PathOf("server.key");

    /// <summary>A body of 1 KiB, 64 KiB and 10 MiB at / and at /64k and /10m.</summary>
    public void StartUpstream()
    {
        var files = Directory.CreateDirectory(folder.PathOf("files")).FullName;
        File.WriteAllText(Path.Combine(files, "64k"), new string('x', 64 * Kib));
        File.WriteAllText(Path.Combine(files, "10m"), new string('x', 10 * Kib * Kib));
        StartNginx("upstream", pinToProxy: false, lua: false, http: "", server: $$"""
            listen 127.0.0.1:{{UpstreamPort}} backlog=4096;
            keepalive_requests 1000000000;
            default_type application/json;
            root {{files}};
            sendfile on;
            open_file_cache max=10;
            location / { return 200 '{{new string('x', Kib)}}'; }
            location ~ 64k$ { rewrite .* /64k break; }
            location ~ 10m$ { rewrite .* /10m break; }
            """);
    }

    public Peer StartNginxProxy(bool tls = false)
    {
        var port = ports + (tls ? 52 : 51);
        var listen = tls
            ? $"listen 127.0.0.1:{port} ssl http2 backlog=4096; ssl_certificate {Certificate}; ssl_certificate_key {Key};"
            : $"listen 127.0.0.1:{port} backlog=4096;";
        var process = StartNginx(tls ? "nginx-tls" : "nginx", pinToProxy: true, lua: false, Backend, $"{listen} keepalive_requests 1000000000; location / {{ {Forward} }}");
        return new Peer("nginx", () => Peer.WorkerOf(process), new Uri($"{(tls ? "https" : "http")}://127.0.0.1:{port}/"));
    }

    /// <summary>The check of a key, a counter per consumer and minute and a correlation id, in Lua.</summary>
    public Peer StartNginxLua()
    {
        var port = ports + 53;
        var process = StartNginx("nginx-lua", pinToProxy: true, lua: true, Backend + """

            lua_package_path "/usr/share/lua/5.1/?.lua;;";
            lua_shared_dict counters 10m;
            init_worker_by_lua_block { consumers = { ["bench-key"] = "bench" }; prefix = ngx.worker.pid() .. "-"; serial = 0 }
            """, $$"""
            listen 127.0.0.1:{{port}} backlog=4096;
            keepalive_requests 1000000000;
            location / {
              access_by_lua_block {
                local consumer = consumers[ngx.var.http_apikey]
                if not consumer then return ngx.exit(401) end
                local now = ngx.time()
                local count = ngx.shared.counters:incr(consumer .. ":" .. (now - now % 60), 1, 0, 120)
                if count > 1000000000 then return ngx.exit(429) end
                serial = serial + 1
                local id = prefix .. serial
                ngx.req.set_header("X-Consumer-Username", consumer)
                ngx.req.set_header("Kong-Request-ID", id)
                ngx.header["X-RateLimit-Limit-Minute"] = 1000000000
                ngx.header["X-RateLimit-Remaining-Minute"] = 1000000000 - count
                ngx.header["RateLimit-Limit"] = 1000000000
                ngx.header["RateLimit-Remaining"] = 1000000000 - count
                ngx.header["RateLimit-Reset"] = 60 - now % 60
                ngx.header["Kong-Request-ID"] = id
              }
              {{Forward}}
            }
            """);
        return new Peer("nginx with Lua", () => Peer.WorkerOf(process), new Uri($"http://127.0.0.1:{port}/")) { Headers = ["apikey: bench-key"] };
    }

    /// <summary>A counter per client and minute in Redis: one round trip, over kept connections.</summary>
    public Peer StartNginxRedis(int redis)
    {
        var port = ports + 57;
        var process = StartNginx("nginx-redis", pinToProxy: true, lua: true, Backend + """

            lua_package_path "/usr/share/lua/5.1/?.lua;;";
            """, $$"""
            listen 127.0.0.1:{{port}} backlog=4096;
            keepalive_requests 1000000000;
            location / {
              access_by_lua_block {
                local redis = require "nginx.redis"
                local client = redis:new()
                client:set_timeout(1000)
                local ok = client:connect("127.0.0.1", {{redis}})
                if not ok then return ngx.exit(500) end
                local now = ngx.time()
                local key = "bench:" .. ngx.var.remote_addr .. ":" .. (now - now % 60)
                client:init_pipeline()
                client:incr(key)
                client:expire(key, 120)
                local answers = client:commit_pipeline()
                client:set_keepalive(60000, 512)
                if not answers or not tonumber(answers[1]) then return ngx.exit(500) end
                local count = answers[1]
                if count > 1000000000 then return ngx.exit(429) end
                ngx.header["X-RateLimit-Limit-Minute"] = 1000000000
                ngx.header["X-RateLimit-Remaining-Minute"] = 1000000000 - count
                ngx.header["RateLimit-Limit"] = 1000000000
                ngx.header["RateLimit-Remaining"] = 1000000000 - count
                ngx.header["RateLimit-Reset"] = 60 - now % 60
              }
              {{Forward}}
            }
            """);
        return new Peer("nginx with Lua", () => Peer.WorkerOf(process), new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>Its port, once it answers.</summary>
    public async Task<int> StartRedisAsync()
    {
        var port = ports + 58;
        var process = Start(Cores.ForOthers("redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        await process.LineAsync(static line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
        return port;
    }

    public Peer StartHaProxy()
    {
        var port = ports + 54;
        var file = folder.PathOf("haproxy.cfg");
        File.WriteAllText(file, $"""
            global
              nbthread 1
              maxconn 8192
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              http-reuse always
            frontend proxy
              bind 127.0.0.1:{port}
              option forwardfor
              http-request set-header X-Forwarded-Proto http
              http-request set-header X-Forwarded-Host %[req.hdr(host)]
              http-request set-header X-Real-IP %[src]
              default_backend backend
            backend backend
              server upstream 127.0.0.1:{UpstreamPort}

            """);
        var process = Start(Cores.ForProxy("haproxy", "-db", "-f", file));
        return new Peer("HAProxy", () => process.Id, new Uri($"http://127.0.0.1:{port}/"));
    }

    public Peer StartCaddy()
    {
        var port = ports + 55;
        var file = folder.PathOf("Caddyfile");
        File.WriteAllText(file, $$"""
            {
              admin off
              auto_https off
              storage file_system {{folder.PathOf("caddy")}}
              log {
                level ERROR
              }
            }
            http://127.0.0.1:{{port}} {
              reverse_proxy 127.0.0.1:{{UpstreamPort}} {
                transport http {
                  compression off
                }
              }
            }

            """);
        var process = Start(Cores.ForProxy("caddy", "run", "--config", file, "--adapter", "caddyfile"), new() { ["GOMAXPROCS"] = "1", ["HOME"] = folder.PathOf("caddy") });
        return new Peer("Caddy", () => process.Id, new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>YARP as its getting-started page has it: routes from configuration, every default.</summary>
    public Peer StartStockYarp()
    {
        var port = ports + 56;
        var process = Start(Cores.ForProxy("dotnet", typeof(PeerProcesses).Assembly.Location, StockYarp.Verb, $"{port}", $"{UpstreamPort}"));
        return new Peer("stock YARP", () => process.Id, new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>The certificate that all TLS listeners show.</summary>
    public void SetCertificate(string certificate, string key)
    {
        File.Copy(certificate, Certificate);
        File.Copy(key, Key);
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

    private string Backend => $$"""upstream backend { server 127.0.0.1:{{UpstreamPort}}; keepalive 512; keepalive_requests 1000000000; }""";

    private static string Forward => """
        proxy_pass http://backend;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $host;
        proxy_set_header X-Forwarded-Port $server_port;
        proxy_set_header X-Real-IP $remote_addr;
        """;

    private RunningProcess StartNginx(string name, bool pinToProxy, bool lua, string http, string server)
    {
        var prefix = Directory.CreateDirectory(folder.PathOf(name)).FullName;
        var file = Path.Combine(prefix, "nginx.conf");
        var modules = lua ? $"load_module {Modules}/ndk_http_module.so;\nload_module {Modules}/ngx_http_lua_module.so;\n" : "";
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            {{modules}}daemon off;
            user root;
            worker_processes 1;
            pid {{prefix}}/pid;
            error_log stderr error;
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path {{prefix}}/a; proxy_temp_path {{prefix}}/b; fastcgi_temp_path {{prefix}}/c; uwsgi_temp_path {{prefix}}/d; scgi_temp_path {{prefix}}/e;
              {{http}}
              server {
                {{server}}
              }
            }

            """));
        return Start(pinToProxy ? Cores.ForProxy("nginx", "-c", file, "-p", prefix) : Cores.ForOthers("nginx", "-c", file, "-p", prefix));
    }

    private RunningProcess Start((string Program, IReadOnlyList<string> Arguments) command, Dictionary<string, string?>? environment = null)
    {
        var process = RunningProcess.Start(command.Program, command.Arguments, environment);
        _processes.Add(process);
        return process;
    }
}
