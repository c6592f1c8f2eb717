using Serverless.Onnx.Parity;
using Serverless.Torch.Exporting;

namespace Serverless.Torch.Children;

/// <summary>What a process of its own exported.</summary>
/// <param name="Files">The files that it wrote.</param>
/// <param name="Parity">How far the model is from the module.</param>
/// <param name="Way">How its operators were found out.</param>
public sealed record ApartExport(IReadOnlyList<string> Files, ParityReport Parity, ExportWay Way);
