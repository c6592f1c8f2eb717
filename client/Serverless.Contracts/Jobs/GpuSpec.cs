namespace Serverless.Contracts.Jobs;

/// <summary>GPUs of one type in one machine.</summary>
/// <param name="Type">Their type in lower case, such as <c>t4</c> or <c>a100</c>.</param>
/// <param name="Count">How many at least, 1 to 64.</param>
public sealed record GpuSpec(string Type, int Count)
{
    /// <summary>As it is typed: <c>t4:1</c>.</summary>
    public override string ToString() => $"{Type}:{Count}";
}
