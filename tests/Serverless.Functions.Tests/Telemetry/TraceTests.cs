using System.Globalization;
using System.Net;
using System.Text;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;
using Serverless.Functions.Tests.Api;
using Serverless.Functions.Tests.Local;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>A whole host with a collector: from an upload to the first prediction, one trace.</summary>
public sealed class TraceTests
{
    private const string RowText = "row-text-that-is-nowhere-else";
    private const string Secret = "s3cr3t-of-the-traced-job";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task UploadToFirstPrediction_IsOneTrace_WithoutSecretsOrRows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Nodes are Linux processes.");
        await using var collector = await OtlpReceiver.StartAsync();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data/secrets"]);
        await File.WriteAllTextAsync(folder["data/secrets/api-token"], Secret, Cancel);
        Job job;
        await using (var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0", collector.Environment))
        {
            job = await TrainedAsync(host);
            using var predicted = await host.Http.PostAsync(Routes.Fill(Routes.Predict, "flowers"), ApiHost.Json($$"""{"rows":[{"size":"4.5","colour":"{{RowText}}"}]}"""), Cancel);
            Assert.Equal(HttpStatusCode.OK, predicted.StatusCode);
            using var nobody = await host.Http.GetAsync("/no/such/path-of-anybody", Cancel);
            Assert.Equal(0, await host.StopAsync());
        }

        await Eventually.TrueAsync("the attempt's span", () => collector.Spans.Any(span => span.Name == "job.attempt"), cancel: Cancel);
        CheckTrace(collector, job);
        CheckMetrics(collector);
        var trace = collector.Spans.Single(span => span.Name.StartsWith("PUT /api/v1/datasets/", StringComparison.Ordinal)).TraceId;
        Assert.Contains(collector.Logs, log => log.TraceId == trace && log.Attributes.GetValueOrDefault("JobId") == job.Id && log.Attributes.GetValueOrDefault("serverless.workflow.id") == job.Id);
        CheckNothingLeaks(collector, await File.ReadAllTextAsync(folder["data/keys/admin.key"], Cancel));
    }

    [Fact]
    public async Task Host_WithNowhereToSendTo_LoadsNothingOfOpenTelemetry()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        using var folder = new TempFolder();
        var nowhere = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary(name => name, _ => "");
        await using var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0", nowhere);
        using var answer = await host.Http.GetAsync(Routes.Jobs, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var loaded = await File.ReadAllTextAsync($"/proc/{host.ProcessId}/maps", Cancel);
        Assert.Contains("Serverless.Api.dll", loaded);
        Assert.DoesNotContain("OpenTelemetry", loaded);
        Assert.DoesNotContain("IdentityModel", loaded);
    }

    private static void CheckTrace(OtlpReceiver collector, Job job)
    {
        var spans = collector.Spans.ToList();
        var upload = Assert.Single(spans, span => span.Name == "PUT /api/v1/datasets/{name}/files/{**path}");
        Assert.Equal("", upload.ParentId);
        var trace = spans.Where(span => span.TraceId == upload.TraceId).ToList();
        foreach (var name in new[]
        {
            "dataset.land", "trigger.fire", "training.admit", "job.queue", "node.provision", "job.attempt", "job.stage", "job.program", "training.register", "training.gate",
            "deployment.check", "deployment.probe", "deployment.route", "deployment.verify", "deployment.finish", "training.end", "training.release", "job", "workflow training", "endpoint.first_prediction",
        })
            Assert.True(trace.Count(span => span.Name == name) == 1, $"'{name}' is {trace.Count(span => span.Name == name)} times in the trace: {string.Join(", ", trace.Select(span => span.Name))}");
        Assert.Equal("serverless-agent", trace.Single(span => span.Name == "job.program").Service);
        Assert.Equal(job.Id, trace.Single(span => span.Name == "job").Attributes["serverless.job.id"]);

        var ids = spans.Select(span => span.SpanId).ToHashSet();
        Assert.All(trace.Where(span => span != upload), span => Assert.True(ids.Contains(span.ParentId), $"'{span.Name}' hangs in the air."));
        Assert.All(spans, span => Assert.True(span.Began <= span.Ended, span.Name));
        var predict = Assert.Single(spans, span => span.Name == "POST /endpoints/{name}/predict");
        Assert.Equal([predict.TraceId], trace.Single(span => span.Name == "endpoint.first_prediction").Links);
        Assert.DoesNotContain(spans, span => span.Name.Contains("/agent/", StringComparison.Ordinal) || span.Name.Contains("/health/", StringComparison.Ordinal));
    }

    private static void CheckMetrics(OtlpReceiver collector)
    {
        var metrics = collector.Metrics.GroupBy(metric => metric.Name).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (name, unit) in new[]
        {
            ("http.server.request.duration", "s"), ("serverless.job.queue.duration", "s"), ("serverless.node.provision.duration", "s"), ("serverless.node.count", "{node}"), ("serverless.job.count", "{job}"),
            ("serverless.job.ended", "{job}"), ("serverless.job.duration", "s"), ("serverless.job.cost", "{currency}"), ("serverless.trigger.fired", "{firing}"), ("serverless.deployment.ended", "{deployment}"),
            ("serverless.prediction.duration", "s"), ("serverless.model.load.duration", "s"), ("serverless.model.session.count", "{session}"),
        })
        {
            Assert.True(metrics.TryGetValue(name, out var sent), $"'{name}' is not among {string.Join(", ", metrics.Keys)}.");
            Assert.All(sent, metric => Assert.Equal(unit, metric.Unit));
        }

        // What anybody can make up, or what grows with every job, is in no metric.
        Assert.DoesNotContain(collector.Metrics.SelectMany(metric => metric.Points).SelectMany(point => point), pair =>
            pair.Key.EndsWith(".id", StringComparison.Ordinal) || pair.Value.Contains("path-of-anybody", StringComparison.Ordinal) || pair.Value.Contains("job-", StringComparison.Ordinal));
    }

    private static void CheckNothingLeaks(OtlpReceiver collector, string key)
    {
        foreach (var text in new[] { RowText, Secret, key.Trim(), "collector-key-of-the-test", "SELECT " })
            Assert.DoesNotContain(collector.Bodies, body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    private static async Task<Job> TrainedAsync(HostProcess host)
    {
        var spec = new JobSpec
        {
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label"],
            Environment = new Dictionary<string, string> { ["API_TOKEN"] = "secret://api-token" },
            Inputs = [new InputSpec { Channel = "train" }],
            Model = new ModelSpec { Name = "flowers", Endpoint = "flowers" },
        };
        using var trigger = await host.Http.PutAsync(Routes.Fill(Routes.Trigger, "flowers"), ApiHost.Json(new TriggerSpec { Prefix = "flowers/", Job = spec }, ContractsJson.Default.TriggerSpec), Cancel);
        await ApiHost.ReadAsync(trigger, ContractsJson.Default.Trigger, HttpStatusCode.Created);
        var rows = string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 * 5) + (i % 7 / 10.0)},{(i % 3 == 0 ? RowText : "blue")},{(i % 2 == 0 ? "small" : "large")}\n")));
        using var upload = await host.Http.PutAsync(Routes.Fill(Routes.DatasetFile, "flowers", "train.csv"), new StringContent("size,colour,label\n" + rows), Cancel);
        Assert.True(upload.IsSuccessStatusCode, await upload.Content.ReadAsStringAsync(Cancel));
        return await Eventually.SomeAsync("a job that succeeded", async () =>
        {
            using var answer = await host.Http.GetAsync(Routes.Jobs, Cancel);
            var job = (await ApiHost.ReadAsync(answer, ContractsJson.Default.JobPage)).Items.SingleOrDefault();
            Assert.False(job is { Status: JobStatus.Failed }, $"{job?.Message} {string.Join('\n', job?.LogTail ?? [])}");
            return job is { Status: JobStatus.Succeeded } ? job : null;
        }, cancel: Cancel);
    }
}
