namespace Serverless.Onnx.Walking;

/// <summary>The modules of torch.nn whose settings say all that they do.</summary>
internal static class KnownKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All() =>
        [.. ElementwiseKinds.All(), .. ConvolutionKinds.All(), .. NormalizationKinds.All(), .. PoolingKinds.All(), .. PaddingKinds.All(), .. ShapingKinds.All(), .. LinearKinds.All(), .. RecurrentKinds.All()];
}
