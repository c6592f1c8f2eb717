using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Triggers;
using Serverless.Core.Datasets;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Records that tests begin with.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    public static JobSpec Spec() => new() { Program = new ProgramSpec { Algorithm = "logistic-regression" } };

    public static JobSpec SpecWithModel(string? endpoint = "digits", params GateSpec[] gate) =>
        Spec() with
        {
            Inputs = [new InputSpec { Channel = "train", Dataset = "digits" }],
            Model = new ModelSpec { Name = "digits", Endpoint = endpoint, Gate = gate },
        };

    public static JobRecord Job(JobSpec? spec = null) => new() { Id = "job-1", Name = "one", Spec = spec ?? Spec(), Source = "api", CreatedAt = Start };

    public static JobRecord Queued(JobSpec? spec = null) => JobLife.Admit(Job(spec), spec ?? Spec(), null, Start);

    public static JobMachine Machine(string node = "node-1") => new() { NodeId = node, Size = "memory", VCpus = 2, MemoryBytes = 1 << 30 };

    public static JobRecord Claimed(JobSpec? spec = null, string node = "node-1") =>
        JobLife.Claim(Queued(spec), Machine(node), 0.36m, "USD", Lease, Start);

    public static DatasetVersion Data(string name, DateTimeOffset at, params string[] paths)
    {
        IReadOnlyList<ContentFile> files = [.. paths.Select((path, i) => new ContentFile(path, Sha(i), 1))];
        return new DatasetVersion { Name = name, Version = DatasetVersions.Hash(files), Files = files, SizeBytes = files.Count, CreatedAt = at, Source = "api" };
    }

    public static string Sha(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);

    public static TriggerSpec Trigger(string prefix = "digits/") => new()
    {
        Prefix = prefix,
        Job = Spec() with { Inputs = [new InputSpec { Channel = "train" }] },
    };
}
