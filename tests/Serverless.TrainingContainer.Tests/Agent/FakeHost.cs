using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>
/// A host that speaks the agent protocol strictly and keeps everything in memory. Jobs live by the product's own rules (<see cref="JobLife"/>). A test can drop, delay and
/// refuse requests, and take a job away.
/// </summary>
internal sealed partial class FakeHost : IAsyncDisposable
{
    public const string Token = "token-of-the-node";

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly Queue<string> queue = new();
    private readonly SemaphoreSlim rung = new(0);

    private FakeHost(WebApplication app) => this.app = app;

    /// <summary>Seconds without work after which a node leaves.</summary>
    public double IdleSeconds { get; set; } = 30;

    public double LeaseSeconds { get; set; } = 20;

    public double RenewSeconds { get; set; } = 1;

    /// <summary>How long agents gather what a job says; null: the host does not say.</summary>
    public double? BatchSeconds { get; set; }

    public Uri Address => new(app.Urls.First());

    /// <summary>What the agents did that the protocol does not allow; empty at the end of every test.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>Every request that was answered, as <c>METHOD path</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<NodeHello> Hellos { get; } = [];

    public ConcurrentQueue<string> Left { get; } = [];

    /// <summary>The job records.</summary>
    public ConcurrentDictionary<string, JobRecord> Jobs { get; } = [];

    /// <summary>All metric points by job and epoch.</summary>
    public ConcurrentDictionary<(string Job, int Epoch), List<MetricPoint>> Points { get; } = [];

    /// <summary>Files by job, epoch, kind and path.</summary>
    public ConcurrentDictionary<(string Job, int Epoch, FileKind Kind, string Path), byte[]> Files { get; } = [];

    /// <summary>Stored bytes by the path of their address.</summary>
    public ConcurrentDictionary<string, byte[]> Stored { get; } = [];

    /// <summary>What goes wrong with a request.</summary>
    public Func<HttpContext, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>Whose requests are accepted: those with the node's token.</summary>
    public Func<HttpRequest, bool> Accepts { get; set; } = request => request.Headers.Authorization == $"Bearer {Token}";

    /// <summary>Bytes that were fetched by address.</summary>
    public long BytesFetched;

    private ConcurrentDictionary<string, JobTicket> Tickets { get; } = [];

    private ConcurrentDictionary<(string Job, int Epoch), MemoryStream> Logs { get; } = [];

    public static async Task<FakeHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 1L << 30);
        var app = builder.Build();
        var host = new FakeHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Puts content into the store.</summary>
    public TicketFile Put(string path, byte[] bytes, string? localPath = null)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Stored[$"/artifacts/content/{hash}"] = bytes;
        return new TicketFile(new ContentFile(path, hash, bytes.Length), Signed($"/artifacts/content/{hash}", localPath));
    }

    public TicketFile Put(string path, string text) => Put(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Queues a job.</summary>
    public string Submit(JobTicket ticket)
    {
        Tickets[ticket.JobId] = ticket;
        Jobs[ticket.JobId] = new JobRecord
        {
            Id = ticket.JobId,
            Name = ticket.JobId,
            Spec = new JobSpec { Program = new ProgramSpec() },
            Source = "api",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Status = JobStatus.Queued,
        };
        Ring(ticket.JobId);
        return ticket.JobId;
    }

    public void Change(string job, Func<JobRecord, JobRecord> change)
    {
        lock (gate)
            Jobs[job] = change(Jobs[job]);
    }

    /// <summary>Gives the job to whoever asks next, as when its node is lost.</summary>
    public void Requeue(string job)
    {
        Change(job, each => JobLife.Requeue(each, JobReason.NodeLost, "lost", TimeProvider.System.GetUtcNow()));
        Ring(job);
    }

    public string Log(string job, int epoch = 1) => Logs.TryGetValue((job, epoch), out var log) ? Encoding.UTF8.GetString(Read(log)) : "";

    public byte[] LogBytes(string job, int epoch = 1) => Logs.TryGetValue((job, epoch), out var log) ? Read(log) : [];

    public double[] Values(string job, string metric, int epoch = 1)
    {
        lock (gate)
            return Points.TryGetValue((job, epoch), out var points) ? [.. points.Where(point => point.Name == metric).Select(point => point.Value)] : [];
    }

    public Task<AttemptExit> ExitAsync(string job) =>
        Serverless.TestKit.Eventually.SomeAsync($"the end of job '{job}'", () => Task.FromResult(Jobs[job].Exit), cancel: TestContext.Current.CancellationToken);

    /// <summary>The text of a checkpoint's file as it is committed now.</summary>
    public string? Checkpoint(string job, string path)
    {
        var checkpoint = Jobs[job].Checkpoint;
        var file = checkpoint?.Files.FirstOrDefault(each => each.Path == path);
        return file is null ? null : Encoding.UTF8.GetString(Stored[CheckpointPath(job, checkpoint!.Epoch, file.Sha256)]);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        Assert.Empty(Violations);
    }

    private static FileAddress Signed(string path, string? localPath = null) =>
        new($"{path}?signature=secret", TimeProvider.System.GetUtcNow().AddMinutes(10), localPath);

    private static string CheckpointPath(string job, int epoch, string hash) => $"/artifacts/jobs/{job}/{epoch}/checkpoints/{hash}";

    private byte[] Read(MemoryStream log)
    {
        lock (gate)
            return log.ToArray();
    }

    private void Ring(string job)
    {
        lock (gate)
            queue.Enqueue(job);
        rung.Release();
    }
}
