namespace Serverless.OnnxRuntime;

/// <summary>How sessions are made.</summary>
/// <param name="IntraOpThreads">Threads within one run; 1: the caller's own.</param>
/// <param name="UseCuda">Whether to ask for the CUDA provider.</param>
/// <param name="Optimization">Graph optimization: 0 none, 1 basic, 2 extended, 99 all.</param>
public sealed record SessionSettings(int IntraOpThreads = 1, bool UseCuda = false, int Optimization = 99);
