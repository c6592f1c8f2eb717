using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>The operators that the layers of torch.nn call, beside arithmetic and shaping.</summary>
internal static class NetworkLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All() =>
    [
        .. ActivationRules.All(),
        .. ConvolutionRules.All(),
        .. NormalizationRules.All(),
        .. PoolingRules.All(),
        .. AdaptivePoolingRules.All(),
        .. UnpoolingRules.All(),
        .. EmbeddingRules.All(),
        .. EmbeddingBagRules.All(),
        .. RecurrentRules.All(),
        .. AttentionRules.All(),
        .. DropoutRules.All(),
        .. PaddingRules.All(),
        .. UpsampleRules.All(),
        .. ShuffleRules.All(),
        .. WindowRules.All(),
        .. DistanceRules.All(),
        .. GridRules.All(),
    ];
}
