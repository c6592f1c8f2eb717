using static TorchSharp.torch;

namespace Serverless.Torch.Tests;

/// <summary>That libtorch is there and is the one that TorchSharp was made for.</summary>
public sealed class NativeLibraryTests
{
    [Fact]
    public void Gradient_OfASquare_IsTwiceItsRoot()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, -2f, 3f], requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2f, -4f, 6f], x.grad!.data<float>().ToArray());
    }
}
