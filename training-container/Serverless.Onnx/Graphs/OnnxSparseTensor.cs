namespace Serverless.Onnx.Graphs;

/// <summary>A tensor of which only what is not zero is named (<c>SparseTensorProto</c>).</summary>
/// <param name="Values">The values; its name is the sparse tensor's.</param>
/// <param name="Indices">Where they are: linear indices [n], or coordinates [n, rank], ascending.</param>
/// <param name="Dims">The dimensions of the whole.</param>
public sealed record OnnxSparseTensor(OnnxTensor Values, OnnxTensor Indices, IReadOnlyList<long> Dims);
