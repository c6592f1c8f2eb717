using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>
/// The 32-bit weights of a network that computes in 16 bits (Micikevicius et al. 2018): gradients come from the network, the optimizer changes these, and they are copied back.
/// Normalization over batches stays in 32 bits, since its sums do not fit into 16.
/// </summary>
internal sealed class MasterWeights
{
    private readonly List<(Parameter Own, Parameter Master)> pairs;
    private readonly nn.Module network;

    /// <summary>Turns the network into 16 bits.</summary>
    public MasterWeights(nn.Module network, ScalarType type)
    {
        this.network = network;
        var masters = network.parameters().Select(own => new Parameter(own.detach().clone())).ToList();
        network.to(type);
        foreach (var (_, module) in network.named_modules())
            if (module is TorchSharp.Modules.BatchNorm1d or TorchSharp.Modules.BatchNorm2d or TorchSharp.Modules.BatchNorm3d)
                module.to(ScalarType.Float32);
        pairs = [.. network.parameters().Zip(masters)];
    }

    /// <summary>What the optimizer changes, in the order of the network's parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. pairs.Select(pair => pair.Master)];

    /// <summary>Takes the gradients from the network, divided by the loss's scale, and clears them there.</summary>
    public void TakeGradients(double scale)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        foreach (var (own, master) in pairs)
            if (own.grad is { } gradient)
            {
                master.grad = gradient.to(ScalarType.Float32).div(scale);
                gradient.zero_();
            }
    }

    /// <summary>Copies the weights into the network.</summary>
    public void Give()
    {
        using var guard = no_grad();
        foreach (var (own, master) in pairs)
            _ = own.copy_(master);
    }

    /// <summary>Makes the network 32-bit again, with these weights.</summary>
    public void Finish()
    {
        network.to(ScalarType.Float32);
        using var guard = no_grad();
        foreach (var (own, (_, master)) in network.parameters().Zip(pairs))
            _ = own.copy_(master);
    }

    /// <summary>Writes the weights.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (var (_, master) in pairs)
            master.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader reader)
    {
        foreach (var (_, master) in pairs)
            master.Load(reader);
        Give();
    }
}
