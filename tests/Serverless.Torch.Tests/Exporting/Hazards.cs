using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>Forward calls that a recorder can get wrong.</summary>
internal static class Hazards
{
    /// <summary>Writes through views: to be followed.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Tensor, Tensor>> Writes = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["assignment to a slice"] = x =>
        {
            var y = x * 2;
            y[TensorIndex.Colon, TensorIndex.Slice(1, 3)] = x[TensorIndex.Colon, TensorIndex.Slice(0, 2)];
            return y;
        },
        ["assignment of a number to a column"] = x =>
        {
            var y = x.clone();
            y[TensorIndex.Colon, 0] = 7f;
            return y;
        },
        ["addition to a column in place"] = x =>
        {
            var y = x * 1;
            y.select(1, 1).add_(3);
            return y;
        },
        ["multiplication of a slice of a view in place"] = x =>
        {
            var y = x * 1;
            y.view(-1, 2, 3).narrow(2, 1, 2).mul_(2);
            return y;
        },
        ["write through contiguous, which gives the tensor itself"] = x =>
        {
            var y = x * 1;
            y.contiguous().add_(1);
            return y;
        },
        ["write through a conversion to the type that it has"] = x =>
        {
            var y = x * 1;
            y.to(float32).neg_();
            return y;
        },
        ["write through dropout in evaluation"] = x =>
        {
            var y = x * 1;
            nn.functional.dropout(y, 0.5, training: false).exp_();
            return y;
        },
        ["a view that was made before the write"] = x =>
        {
            var y = x * 1;
            var view = y.transpose(0, 1);
            y.add_(5);
            return view.transpose(0, 1) * 1;
        },
        ["a value that was read before the write"] = x =>
        {
            var y = x * 1;
            var before = y + 0;
            y.zero_();
            return before + y;
        },
    };

    /// <summary>Values that are not the network's own: to be refused.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Tensor, Tensor>> Refused = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["item taken from the data"] = x => x * x.sum().item<float>(),
        ["branch on the data"] = x => x[0, 0].item<float>() > 0 ? x.relu() : x.tanh(),
        ["data that leaves and comes back"] = x => x + tensor([.. x.data<float>().ToArray().Select(value => value * 2)], x.shape),
        ["part of another thread"] = x => x + Elsewhere(() => x * 2),
        ["branch on a size"] = x => x.shape[0] == 2 ? x * 2 : x * 3,
        ["operator that is not known"] = x => x + linalg.eigvalsh(x.unsqueeze(2).matmul(x.unsqueeze(1))).sum(),
    };

    public static Func<Tensor, Tensor> Find(string name) => Writes.TryGetValue(name, out var found) ? found : Refused[name];

    /// <summary>Computes on another thread.</summary>
    public static Tensor Elsewhere(Func<Tensor> work)
    {
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            using var still = no_grad();
            made = work().DetachFromDisposeScope();
        });
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "The other thread did not end within a minute.");
        return made!;
    }
}
