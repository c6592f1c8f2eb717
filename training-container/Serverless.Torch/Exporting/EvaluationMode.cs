using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>Puts a module and all below it into evaluation mode; disposing puts each back as it was.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(torch.nn.Module Module, bool Training)> before;

    public EvaluationMode(torch.nn.Module module)
    {
        before = [(module, module.training), .. module.named_modules().Select(each => (each.module, each.module.training))];
        module.eval();
    }

    /// <summary>A module's mode reaches those below it, so the outer ones come first.</summary>
    public void Dispose()
    {
        foreach (var (module, training) in before)
            module.train(training);
    }
}
