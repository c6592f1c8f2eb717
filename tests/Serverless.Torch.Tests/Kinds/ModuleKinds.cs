namespace Serverless.Torch.Tests.Kinds;

/// <summary>Every kind of module that is exported, in the order of the table in docs/torch.md.</summary>
internal static class ModuleKinds
{
    public static readonly IReadOnlyList<ModuleKind> All =
        [.. LinearKinds.All(), .. ConvolutionKinds.All(), .. NormalizationKinds.All(), .. ActivationKinds.All(), .. PoolingKinds.All(), .. ShapeKinds.All(), .. SequenceKinds.All()];
}
