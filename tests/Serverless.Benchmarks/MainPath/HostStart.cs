using Serverless.TestKit;

namespace Serverless.Benchmarks.MainPath;

/// <summary>Process start to first answer: our host, an empty Kestrel server, an empty Node.js server, in turn.</summary>
internal static class HostStart
{
    private const string NodeServer = "require('http').createServer((q, a) => a.end()).listen(+process.argv[1], '127.0.0.1')";

    /// <summary>Measures each a number of times.</summary>
    public static async Task<IReadOnlyList<Figures>> RunAsync(int runs)
    {
        var ours = new Figures("host start → first answer, ms");
        var again = new Figures("the same with a data folder that exists, ms");
        var floor = new Figures("peer: empty Kestrel server, ms");
        var node = new Figures("peer: empty Node.js server, ms");
        for (var run = 0; run <= runs; run++)
        {
            using var data = new TempFolder();
            var results = new[]
            {
                (ours, await HostAsync(data.Path)),
                (again, await HostAsync(data.Path)),
                (floor, await FloorAsync()),
                (node, await NodeAsync()),
            };
            foreach (var (figures, milliseconds) in results)
            {
                if (run > 0) // the first round warms the disk's cache
                    figures.Add(milliseconds);
            }
        }

        return [ours, again, floor, node];
    }

    private static async Task<double> HostAsync(string data)
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var server = await ServerProcess.StartAsync("dotnet", [Built.Program("Serverless.Local"), "--data", data, "--urls", url], url + "/health/live");
        return server.FirstAnswerMs;
    }

    private static async Task<double> FloorAsync()
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var server = await ServerProcess.StartAsync("dotnet", [typeof(HostStart).Assembly.Location, "floor", url], url + "/health/live");
        return server.FirstAnswerMs;
    }

    private static async Task<double> NodeAsync()
    {
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.StartAsync("node", ["-e", NodeServer, port.ToString(System.Globalization.CultureInfo.InvariantCulture)], $"http://127.0.0.1:{port}/");
        return server.FirstAnswerMs;
    }
}
