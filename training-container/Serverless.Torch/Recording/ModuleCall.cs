using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Calls a module: tensors in, tensors out. Tuples and lists are laid flat, in their order.</summary>
/// <param name="inputs">The inputs, in the order of the example.</param>
public delegate IReadOnlyList<torch.Tensor> ModuleCall(IReadOnlyList<torch.Tensor> inputs);
