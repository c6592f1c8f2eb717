using Serverless.Contracts.Access;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Fake;

/// <summary>One good thing of each kind, always the same.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly string Hash = string.Concat(Enumerable.Repeat("3fa1b2c4", 8));

    public static Job Job(JobStatus status = JobStatus.Succeeded, string id = "job-0a1b2c3d4e5f6g7h8j9k", string name = "logistic-regression") => new()
    {
        Id = id,
        Name = name,
        Status = status,
        Reason = status switch { JobStatus.Succeeded => JobReason.Completed, JobStatus.Failed => JobReason.ProgramFailed, _ => JobReason.None },
        Message = status == JobStatus.Failed ? "The program ended with exit code 3." : null,
        Cure = status == JobStatus.Failed ? "Read the last lines of its log." : null,
        Spec = new JobSpec
        {
            Name = name,
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label"],
            Inputs = [new InputSpec { Channel = "train", Dataset = $"digits@{Hash}" }],
            Model = new ModelSpec { Name = "digits", Gate = [new GateSpec("accuracy", GateOperator.AtLeast, 0.93)], Endpoint = "digits" },
        },
        Source = "api",
        Attempt = 1,
        ExitCode = status switch { JobStatus.Succeeded => 0, JobStatus.Failed => 3, _ => null },
        CreatedAt = At,
        ClaimedAt = At.AddSeconds(0.4),
        StartedAt = At.AddSeconds(0.8),
        ExitedAt = status >= JobStatus.Succeeded ? At.AddSeconds(4) : null,
        EndedAt = status >= JobStatus.Succeeded ? At.AddSeconds(5) : null,
        Metrics = new Dictionary<string, double> { ["accuracy"] = 0.9618, ["loss"] = 0.1234567 },
        Machine = new JobMachine { NodeId = "node-0a1b2c3d4e5f6g7h8j9k", Size = "local", VCpus = 4, MemoryBytes = 16_000_000_000 },
        Cost = new JobCost(0.000128m, "USD", 0.10m, 4.6),
        LogTail = status == JobStatus.Failed ? ["Traceback (most recent call last):", "ValueError: no column 'label'"] : [],
        Model = status == JobStatus.Succeeded ? "digits@1" : null,
        Endpoint = status == JobStatus.Succeeded ? "digits" : null,
        Staging = new StagingReport(290_000, 0, 0.01),
    };

    public static JobPlacement Placement() => new()
    {
        Pool = "gpu",
        Size = "Standard_NC4as_T4_v3",
        VCpus = 4,
        MemoryBytes = 28L << 30,
        Gpus = ["t4"],
        Region = "eastus",
        PricePerHour = 0.526m,
        Currency = "USD",
        PriceSource = "a catalogue",
        PriceSeen = new DateOnly(2026, 11, 21),
        Estimate = new JobEstimate(0.526m, 1.578m, "USD", 1.0m),
        Why = "Standard_NC4as_T4_v3 (4 vCPUs, 28 GiB, 1 × t4) at 0.526 USD per hour in eastus, pool 'gpu': the only machine that fits t4:1.",
        Notes = ["The price is not verified: seen 2026-11-21 in a catalogue."],
    };

    public static DatasetVersion Dataset() => new()
    {
        Name = "digits",
        Version = Hash,
        Files = [new ContentFile("train.csv", Hash, 290_123)],
        SizeBytes = 290_123,
        CreatedAt = At,
        Source = "api",
    };

    public static DatasetPreview Preview() => new(
        "train.csv",
        [new DatasetColumn("p0", "number", 0, 2), new DatasetColumn("label", "text", 3, 10)],
        [["0", "seven"], ["1", null]],
        1_438);

    public static ModelVersion Model() => new()
    {
        Name = "digits",
        Version = 1,
        Stage = ModelStage.Approved,
        Sha256 = Hash,
        SizeBytes = 12_345,
        CreatedAt = At,
        Metrics = new Dictionary<string, double> { ["accuracy"] = 0.9618 },
        Lineage = new ModelLineage
        {
            JobId = "job-0a1b2c3d4e5f6g7h8j9k",
            Epoch = 1,
            Program = "algorithm:logistic-regression",
            Arguments = ["--target", "label"],
            Datasets = new Dictionary<string, string> { ["train"] = $"digits@{Hash}" },
        },
        Gate = [new GateResult(new GateSpec("accuracy", GateOperator.AtLeast, 0.93), 0.9618, true)],
        Inputs = [new TensorSignature("p0", "FP32", [-1, 1]), new TensorSignature("p1", "FP32", [-1, 1])],
        Outputs = [new TensorSignature("label", "INT64", [-1]), new TensorSignature("probabilities", "FP32", [-1, 10])],
        Parity = new ModelParity(2.4e-6, "1E-04 + 1E-04 · |value|", 0.0234, ["batch 1", "batch 4", "batch 17"]),
    };

    public static Endpoint Endpoint() => new()
    {
        Name = "digits",
        Revision = 2,
        Traffic = [new EndpointTraffic("digits", 2, 100)],
        Previous = [new EndpointTraffic("digits", 1, 100)],
        Sessions = 1,
        CreatedAt = At,
        UpdatedAt = At.AddMinutes(1),
    };

    public static Deployment Deployment(DeploymentStatus status = DeploymentStatus.Succeeded) => new()
    {
        Id = "deployment-0a1b2c3d4e5f6g7h8j9k",
        Endpoint = "digits",
        Model = "digits@2",
        Status = status,
        Message = status == DeploymentStatus.Failed ? "The model cannot be loaded." : null,
        CreatedAt = At,
    };

    public static Trigger Trigger() => new() { Name = "nightly", Spec = new TriggerSpec { Prefix = "digits/", Job = Job().Spec }, CreatedAt = At, Firings = 2, LastJobId = "job-0a1b2c3d4e5f6g7h8j9k" };

    public static ApiKey Key() => new() { Id = "key-0a1b2c3d4e5f6g7h8j9k", Name = "ci", Role = AccessRole.Submitter, CreatedAt = At, CreatedBy = "admin", ExpiresAt = At.AddDays(30) };

    public static Node Node() => new() { Id = "node-0a1b2c3d4e5f6g7h8j9k", Pool = "local", Status = NodeStatus.Busy, JobId = "job-0a1b2c3d4e5f6g7h8j9k", CreatedAt = At, SeenAt = At.AddSeconds(2) };

    public static Pool Pool() => new() { Name = "local", Nodes = 1, MaxNodes = 4, IdleSeconds = 60, Size = "local", VCpus = 4, MemoryBytes = 16_000_000_000, PriceSource = "the host's own options", PriceVerified = true, PricePerHour = 0.10m, Currency = "USD" };

    public static Page<T> Page<T>(params T[] items) => new(items, null);
}
