using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Serverless.Benchmarks.MainPath;

/// <summary>A server that is started, timed to its first answer, and killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Process process;

    private ServerProcess(Process process, double firstAnswerMs) => (this.process, FirstAnswerMs) = (process, firstAnswerMs);

    /// <summary>From the start of the process to the first 200.</summary>
    public double FirstAnswerMs { get; }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and asks an address until it answers 200.</summary>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, string url)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (clock.Elapsed < Limit && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return new ServerProcess(process, clock.Elapsed.TotalMilliseconds);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }
        }

        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"'{program}' did not answer at {url} within {Limit.TotalSeconds} s.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
