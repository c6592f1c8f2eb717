using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

/// <summary>A kind of module, and how to draw one of it.</summary>
/// <param name="Name">Its class in torch.nn.</param>
/// <param name="Group">Its heading in the table.</param>
/// <param name="Make">Draws a configuration.</param>
internal sealed record ModuleKind(string Name, string Group, Func<Draw, KindSample> Make)
{
    /// <summary>A kind of one input.</summary>
    public static ModuleKind Of(string group, string name, Func<Draw, nn.Module> module, Func<Draw, long[]> shape) =>
        new(name, group, draw => Sample(draw, module(draw), randn(shape(draw))));

    /// <summary>A module with its inputs; statistics and scales that are all alike when new are drawn.</summary>
    public static KindSample Sample(Draw draw, nn.Module module, params Tensor[] examples)
    {
        using var still = no_grad();
        foreach (var (name, buffer) in module.named_buffers())
            if (name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal))
                buffer.uniform_(0.5, 1.5);
        foreach (var parameter in module.parameters())
            if (parameter.dim() == 1)
                parameter.uniform_(-0.5, 1);
        return new(module, examples, draw.Settings);
    }

    /// <summary>With axes of the first input by name, for what is not batch first.</summary>
    public static KindSample Axes(KindSample sample, params (string Input, (int Axis, string Symbol)[] Axes)[] axes) => sample with
    {
        Options = sample.Options with
        {
            DynamicAxes = new(axes.ToDictionary(each => each.Input, IReadOnlyDictionary<int, string> (each) => each.Axes.ToDictionary(axis => axis.Axis, axis => axis.Symbol))),
            InputNames = [.. axes.Select(each => each.Input)],
        },
    };

    public override string ToString() => Name;
}
