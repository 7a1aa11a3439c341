namespace Repository.Benchmarks.Load.Processes;

/// <summary>Starts nginx with nchan, one process: long polls and posts in memory, nothing kept on disk.</summary>
internal static class NchanServer
{
    public const string Program = "nginx";

    private const string Module = "/usr/lib/nginx/modules/ngx_nchan_module.so";

    /// <summary>Whether nginx and its module are here.</summary>
    public static bool IsInstalled => Command.Find(Program) is not null && File.Exists(Module);

    public static async Task<Peer> StartAsync(Workspace workspace, CancellationToken ct)
    {
        var endPoint = LoopbackPort.Free();
        var folder = workspace.NewDirectory("nchan");
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            load_module {{Module}};
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr error;
            worker_rlimit_nofile 19000;
            events { worker_connections 18000; }
            http {
              access_log off;
              client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              keepalive_requests 1000000;
              nchan_shared_memory_size 512M;
              server {
                listen {{endPoint}};
                location = /health { return 200; }
                location = /poll { nchan_subscriber longpoll; nchan_channel_id $arg_id; nchan_subscriber_first_message newest; nchan_subscriber_timeout 0; }
                location = /post { nchan_publisher; nchan_channel_id $arg_id; nchan_message_timeout 60s; }
              }
            }
            """,
            ct);
        return await Peer.StartAsync(
            endPoint,
            "/health",
            () => ChildProcess.Start([Command.Find(Program)!, "-c", configuration, "-p", folder], new Dictionary<string, string?>(), workspace.NewLog("nchan")),
            ct);
    }
}
