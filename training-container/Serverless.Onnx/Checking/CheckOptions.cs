using Serverless.Onnx.Operators;
using Serverless.Onnx.Reading;

namespace Serverless.Onnx.Checking;

/// <summary>What a model may be.</summary>
public sealed record CheckOptions
{
    /// <summary>What it may have at most.</summary>
    public ReadLimits Limits { get; init; } = new();

    /// <summary>The newest file format allowed.</summary>
    public long NewestIr { get; init; } = FormatVersions.NewestIr;

    /// <summary>The newest ai.onnx allowed.</summary>
    public int NewestOpset { get; init; } = FormatVersions.NewestOpset;

    /// <summary>The folder in which data outside the file may lie; null: all data must be inside.</summary>
    public string? ExternalDataFolder { get; init; }

    /// <summary>Operator sets that the runtime knows beside ai.onnx and ai.onnx.ml; their operators are not checked.</summary>
    public IReadOnlySet<string> TrustedDomains { get; init; } = new HashSet<string>();

    /// <summary>The most turns that a loop may be sure to take; a Loop without a constant bound is a finding. Null: loops are not bounded.</summary>
    public long? MaxLoopTurns { get; init; } = 1_000_000;

    /// <summary>The most bytes that a sparse tensor may have when it is filled up.</summary>
    public long MaxSparseBytes { get; init; } = 1L << 30;

    /// <summary>Findings beyond this number are counted, not listed.</summary>
    public int MaxFindings { get; init; } = 100;
}
