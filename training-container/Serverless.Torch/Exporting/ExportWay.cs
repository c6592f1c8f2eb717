namespace Serverless.Torch.Exporting;

/// <summary>How a module's operators are found out.</summary>
public enum ExportWay
{
    /// <summary>Recorded when the bridge is there, else walked.</summary>
    Either,

    /// <summary>By libtorch's recorder, while <c>forward</c> runs: whatever code it is.</summary>
    Recorded,

    /// <summary>By the settings of the modules of <c>torch.nn</c> and their containers; a <c>forward</c> of one's own cannot be seen.</summary>
    Walked,
}
