using System.Diagnostics;
using System.Globalization;
using Serverless.Client;
using Serverless.Client.Hosts;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.Benchmarks.MainPath;

/// <summary>One row to an endpoint whose session is not loaded; beside it Node.js with onnxruntime-node, which loads the same file and runs it once in a process that has loaded the library already. The very first prediction of a host also loads the library and compiles the path.</summary>
internal static class FirstPrediction
{
    private const string NodeScript = """
        const ort = require('onnxruntime-node');
        (async () => {
          const names = JSON.parse(process.argv[3]), feeds = {};
          for (let run = 0; run <= +process.argv[4]; run++) {
            const start = process.hrtime.bigint();
            const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1 });
            for (const name of names) feeds[name] = new ort.Tensor('float32', Float32Array.of(1), [1, 1]);
            await session.run(feeds);
            if (run > 0) console.log(Number(process.hrtime.bigint() - start) / 1e6);
            await session.release();
          }
        })();
        """;

    /// <summary>Measures a number of first and of warm predictions.</summary>
    public static async Task<IReadOnlyList<Figures>> RunAsync(int runs)
    {
        var fresh = new Figures("the very first prediction of a host that has just started, ms");
        var first = new Figures("first prediction on an unloaded endpoint, ms");
        var warm = new Figures("the next prediction, ms");
        var peer = new Figures("peer: onnxruntime-node loads the same model and runs it once, no HTTP, ms");
        using var data = new TempFolder();
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        var row = await FirstRowAsync();
        string model;
        using (await HostAsync(data.Path, url))
        {
            using var trainer = new ServerlessClient(new Uri(url), LocalHost.ReadKey(data.Path));
            model = await TrainAsync(trainer, data["model"]);
        }

        for (var run = 0; run < runs; run++)
        {
            using var started = await HostAsync(data.Path, url);
            using var caller = new ServerlessClient(new Uri(url), LocalHost.ReadKey(data.Path));
            await caller.Endpoints.GetAsync("digits"); // the connection and the key are not the endpoint's
            fresh.Add(await TimeAsync(caller, row));
        }

        using var server = await HostAsync(data.Path, url);
        using var client = new ServerlessClient(new Uri(url), LocalHost.ReadKey(data.Path));
        for (var run = 0; run <= runs; run++)
        {
            await Eventually.TrueAsync("the endpoint to be unloaded", async () => (await client.Endpoints.GetAsync("digits")).Sessions == 0);
            var cold = await TimeAsync(client, row);
            var next = await TimeAsync(client, row);
            if (run == 0) // the process's first use of the path
                continue;
            first.Add(cold);
            warm.Add(next);
        }

        await NodeAsync(model, [.. row.Keys], runs, peer);
        return [first, warm, peer, fresh];
    }

    private static Task<ServerProcess> HostAsync(string data, string url) => ServerProcess.StartAsync(
        "dotnet", [Built.Program("Serverless.Local"), "--data", data, "--urls", url, "--endpoint-idle-seconds", "1"], url + "/health/ready");

    private static async Task<double> TimeAsync(ServerlessClient client, IReadOnlyDictionary<string, object?> row)
    {
        var clock = Stopwatch.StartNew();
        await client.Endpoints.PredictAsync("digits", [row]);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<string> TrainAsync(ServerlessClient client, string folder)
    {
        await client.Data.PutFileAsync("digits", Digits);
        var job = await client.Jobs.SubmitAsync(new JobSpec
        {
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label"],
            Inputs = [new InputSpec { Channel = "train", Dataset = "digits" }],
            Model = new ModelSpec { Name = "digits", Endpoint = "digits" },
        });
        var ended = await job.WaitAsync();
        if (ended.Status != JobStatus.Succeeded)
            throw new InvalidOperationException($"The training ended as {ended.Status}: {ended.Message}");
        await client.Jobs.PullAsync(job.Id, folder, "model/");
        return Path.Combine(folder, "model", "model.onnx");
    }

    private static string Digits => Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv");

    private static async Task<IReadOnlyDictionary<string, object?>> FirstRowAsync()
    {
        var lines = await File.ReadAllLinesAsync(Digits);
        var values = lines[1].Split(',');
        return lines[0].Split(',').Index().Where(column => column.Item != "label")
            .ToDictionary(column => column.Item, object? (column) => double.Parse(values[column.Index], CultureInfo.InvariantCulture));
    }

    private static async Task NodeAsync(string model, IReadOnlyList<string> inputs, int runs, Figures figures)
    {
        using var folder = new TempFolder();
        await RunAsync(folder.Path, "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "onnxruntime-node@1.30.0"]);
        await File.WriteAllTextAsync(folder["peer.js"], NodeScript);
        var output = await RunAsync(
            folder.Path, "node", ["peer.js", model, System.Text.Json.JsonSerializer.Serialize(inputs), runs.ToString(CultureInfo.InvariantCulture)]);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            figures.Add(double.Parse(line, CultureInfo.InvariantCulture));
    }

    private static async Task<string> RunAsync(string folder, string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program}' ended with exit code {process.ExitCode}.");
    }
}
