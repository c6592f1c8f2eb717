namespace Serverless.Inference.Options;

/// <summary>How models are checked, loaded and run. Every bound protects the host from one caller or one model.</summary>
public sealed record InferenceOptions
{
    /// <summary>The program, with its leading arguments, that loads a new model in a process of its own; it calls <see cref="Checks.CheckProgram.Run"/> with the arguments that follow.</summary>
    public required IReadOnlyList<string> CheckCommand { get; init; }

    /// <summary>Path of ONNX Runtime's native library; null: the environment variable SERVERLESS_ONNXRUNTIME, else the one that was built in.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>Threads within one run. Default 1: small models are quickest so, and calls run side by side.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Whether to run on CUDA where the library and the machine can; where not, the processor runs it and the log says so.</summary>
    public bool UseCuda { get; init; }

    /// <summary>Runs of one model version at the same time. Default: the processor's cores, since a run fills one.</summary>
    public int MaxRuns { get; init; } = Environment.ProcessorCount;

    /// <summary>Calls of one model version that may wait for a run; one more is answered 429. Default 1,000: a first burst waits for the load instead of being dropped.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>Longest body of a call in bytes. Default 64 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of all bodies that are held at the same time; beyond that calls are answered 429. Default 512 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 512L << 20;

    /// <summary>Most rows of one call. Default 65,536: one call must not keep a run for minutes.</summary>
    public int MaxRows { get; init; } = 65_536;

    /// <summary>Largest model file in bytes. Default: what an ONNX file without external data can have, 2 GiB less one byte.</summary>
    public long MaxModelBytes { get; init; } = int.MaxValue;

    /// <summary>Sessions that are loaded at the same time; beyond that the one that was idle longest is unloaded. Default 64.</summary>
    public int MaxSessions { get; init; } = 64;

    /// <summary>Longest run of a model. Default 30 s; then it is stopped and its call fails.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest check of a new model. Default 60 s; then its process is killed.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Address space that the check of a new model may take beyond what its process begins with. Default 4 GiB.</summary>
    public long CheckMemoryBytes { get; init; } = 4L << 30;

    /// <summary>After how long without a call a session is unloaded when no endpoint says so, as after a probe. Default 5 minutes.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long an endpoint's record is read again, where several hosts answer and only one is told of a change. Default: never, since one host is told everything.</summary>
    public TimeSpan? RouteAge { get; init; }
}
