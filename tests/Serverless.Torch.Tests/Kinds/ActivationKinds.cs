using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Kinds;

internal static class ActivationKinds
{
    private const string Group = "Activations";

    public static IEnumerable<ModuleKind> All()
    {
        yield return Of("CELU", d => nn.CELU(d.Real("alpha", 0.2, 2), d.Flag("inplace")));
        yield return Of("ELU", d => nn.ELU(d.Real("alpha", 0.2, 2), d.Flag("inplace")));
        yield return Of("GELU", d => nn.GELU(d.Flag("inplace")));
        yield return ModuleKind.Of(Group, "GLU", d => nn.GLU(d.Of("dim", 1L, -1L)), d => [2, 2 * d.Whole("channels", 1, 3), 2 * d.Whole("length", 1, 3)]);
        yield return Of("Hardshrink", d => nn.Hardshrink(d.Real("lambda", 0.1, 1)));
        yield return Of("Hardsigmoid", d => nn.Hardsigmoid(d.Flag("inplace")));
        yield return Of("Hardswish", d => nn.Hardswish(d.Flag("inplace")));
        yield return Of("Hardtanh", d => nn.Hardtanh(d.Real("min", -1.5, -0.1), d.Real("max", 0.1, 1.5), d.Flag("inplace")));
        yield return Of("LeakyReLU", d => nn.LeakyReLU(d.Real("slope", 0.001, 0.5), d.Flag("inplace")));
        yield return Of("LogSigmoid", _ => nn.LogSigmoid());
        yield return Of("LogSoftmax", d => nn.LogSoftmax(d.Of("dim", 1L, -1L)));
        yield return Of("Mish", d => nn.Mish(d.Flag("inplace")));
        yield return ModuleKind.Of(Group, "PReLU", d => nn.PReLU(d.Of("parameters", 1L, 4L), d.Real("init", 0.05, 0.5)), d => d.Flag("image") ? [2, 4, 3, 3] : [2, 4]);
        yield return Of("RReLU", d => nn.RReLU(d.Real("lower", 0.05, 0.2), d.Real("upper", 0.3, 0.5), d.Flag("inplace")));
        yield return Of("ReLU", d => nn.ReLU(d.Flag("inplace")));
        yield return Of("ReLU6", d => nn.ReLU6(d.Flag("inplace")));
        yield return Of("SELU", d => nn.SELU(d.Flag("inplace")));
        yield return Of("SiLU", d => nn.SiLU(d.Flag("inplace")));
        yield return Of("Sigmoid", d => nn.Sigmoid(d.Flag("inplace")));
        yield return Of("Softmax", d => nn.Softmax(d.Of("dim", 1L, -1L)));
        yield return ModuleKind.Of(Group, "Softmax2d", _ => nn.Softmax2d(), d => [2, d.Whole("channels", 2, 5), d.Whole("height", 1, 4), d.Whole("width", 1, 4)]);
        yield return Of("Softmin", d => nn.Softmin(d.Of("dim", 1L, -1L)));
        yield return Of("Softplus", d => nn.Softplus(d.Real("beta", 0.5, 3), d.Real("threshold", 1, 20)));
        yield return Of("Softshrink", d => nn.Softshrink(d.Real("lambda", 0.1, 1)));
        yield return Of("Softsign", d => nn.Softsign(d.Flag("inplace")));
        yield return Of("Tanh", d => nn.Tanh(d.Flag("inplace")));
        yield return Of("Tanhshrink", d => nn.Tanhshrink(d.Flag("inplace")));
        yield return Of("Threshold", d => nn.Threshold(d.Real("threshold", -1, 1), d.Real("value", -2, 2), d.Flag("inplace")));
    }

    private static ModuleKind Of(string name, Func<Draw, nn.Module> module) =>
        ModuleKind.Of(Group, name, module, d => d.Of("rank", 2, 3) == 2 ? [2, d.Whole("width", 1, 9)] : [2, d.Whole("width", 1, 5), d.Whole("length", 1, 5)]);
}
