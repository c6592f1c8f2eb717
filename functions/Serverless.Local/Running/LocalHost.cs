using System.Net;
using System.Net.Sockets;
using Serverless.Api.Pipeline;
using Serverless.Contracts.Hosts;
using Serverless.Infra.Local.Compute;
using Serverless.Local.Logs;
using Serverless.Local.Options;

namespace Serverless.Local.Running;

/// <summary>The process: takes the data folder, listens, says where, and goes down in order.</summary>
internal static class LocalHost
{
    /// <summary>How long requests and nodes may take to end when the host stops: the longest grace that a program is usually given, and a little more.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs until it is asked to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(LocalOptions options)
    {
        var folder = new DataFolder(options.DataFolder);
        try
        {
            folder.Make();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Say(ExitCodes.Failed, $"The data folder '{options.DataFolder}' cannot be made: {error.Message} Name another one with '--data'.");
        }

        var (hostLock, holder) = HostLock.Take(folder.LockFile);
        if (hostLock is null)
            return Say(ExitCodes.Taken, $"The data folder '{options.DataFolder}' has a host already: process {holder}. Stop that one, or name another folder with '--data'.");
        using (hostLock)
        {
            folder.Running.Remove();
            try
            {
                return await RunAsync(options, folder);
            }
            finally
            {
                folder.Running.Remove();
            }
        }
    }

    private static async Task<int> RunAsync(LocalOptions options, DataFolder folder)
    {
        await using var app = Build(options, folder);
        try
        {
            await app.StartAsync();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return Say(ExitCodes.NoAddress, $"The address '{options.Url}' cannot be listened on: {error.Message} Choose another one with '--urls', or port 0 for a free one.");
        }

        var clock = app.Services.GetRequiredService<TimeProvider>();
        var url = app.Urls.First().Replace("[::]", "[::1]", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        app.Services.GetRequiredService<HostAddress>().Set(new Uri(url));
        folder.Running.Write(new RunningHost(url, Environment.ProcessId, clock.GetUtcNow(), typeof(LocalHost).Assembly.GetName().Version!.ToString(3)));
        Console.Out.WriteLine(url);
        await app.WaitForShutdownAsync();
        return ExitCodes.Stopped;
    }

    private static WebApplication Build(LocalOptions options, DataFolder folder)
    {
        // The content root is watched and searched by nobody; an own small folder keeps it cheap whatever the current directory holds.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Path.Combine(folder.Root, "run") });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options.Url);
        });
        var log = new LineLog(Console.Error, TimeProvider.System);
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit).Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        Composition.Add(builder.Services, options, folder, log);
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<ApiPipeline>().RunAsync);
        return app;
    }

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, Uri url)
    {
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
            kestrel.Listen(address, url.Port);
        else if (url.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(url.Port);
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
