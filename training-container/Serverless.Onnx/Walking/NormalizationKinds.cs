using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>Normalizations, in evaluation.</summary>
internal static class NormalizationKinds
{
    public static IEnumerable<(string Kind, WalkRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            yield return ($"BatchNorm{axes}d", module => [Channels(module, "aten::batch_norm")]);
            yield return ($"InstanceNorm{axes}d", module => [Channels(module, "aten::instance_norm")]);
        }

        yield return ("LayerNorm", module => [LayerNorm(module)]);
        yield return ("GroupNorm", module => [module.Call("aten::group_norm", module.X.Shape, module.X, RecordedConstant.Of(module.Int("num_groups")), module.WeightOrNone("weight"), module.WeightOrNone("bias"), RecordedConstant.Of(module.Number("eps")), RecordedConstant.Of(false))]);
    }

    /// <summary>What keeps no statistics uses those of its input in evaluation too.</summary>
    private static WalkedValue Channels(WalkedModule module, string name)
    {
        var (mean, variance) = (module.WeightOrNone("running_mean"), module.WeightOrNone("running_var"));
        return module.Call(name, module.X.Shape, module.X, module.WeightOrNone("weight"), module.WeightOrNone("bias"), mean, variance, RecordedConstant.Of(mean is null), RecordedConstant.Of(0.0), RecordedConstant.Of(module.Number("eps")), RecordedConstant.Of(false));
    }

    private static WalkedValue LayerNorm(WalkedModule module)
    {
        var sizes = module.Setting("normalized_shape").Ints;
        return module.Call("aten::layer_norm", module.X.Shape, module.X, WalkedModule.List(sizes), module.WeightOrNone("weight"), module.WeightOrNone("bias"), RecordedConstant.Of(module.Number("eps")), RecordedConstant.Of(false));
    }
}
