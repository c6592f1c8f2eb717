using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>What would be silently wrong without care: it is exported rightly, or refused with its line.</summary>
public sealed class HazardTests
{
    public HazardTests() => TestBridge.Require();

    public static TheoryData<string> Writes => [.. WritesByName.Keys];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> WritesByName = new()
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

    [Theory]
    [MemberData(nameof(Writes))]
    public void Write_ThroughAView_IsFollowedOrRefused(string name)
    {
        try
        {
            Assert.True(OnnxExporter.Export(new Forward(WritesByName[name]), randn(2, 6)).Parity.Passed);
        }
        catch (OnnxExportException refused)
        {
            Assert.Contains("HazardTests.cs:", refused.Message); // refused with its line, and never by the gate
            Assert.DoesNotContain("does not agree", refused.Message);
        }
    }

    [Fact]
    public void Item_TakenFromTheData_IsRefusedWithItsLine() => Refused(x => x * x.sum().item<float>(), "HazardTests.cs:");

    [Fact]
    public void Branch_OnTheData_IsRefused() => Refused(x => x[0, 0].item<float>() > 0 ? x.relu() : x.tanh(), "HazardTests.cs:");

    [Fact]
    public void Data_ThatLeavesAndComesBack_IsRefusedWithItsLine() => Refused(x => x + tensor([.. x.data<float>().ToArray().Select(value => value * 2)], x.shape), "HazardTests.cs:");

    [Fact]
    public void Output_OfAnotherThread_IsRefused() => Refused(x => Elsewhere(() => x * 2), "was not made by anything that was recorded");

    [Fact]
    public void Part_OfAnotherThread_IsRefused() => Refused(x => x + Elsewhere(() => x * 2), "HazardTests.cs:");

    [Fact]
    public void Operator_ThatIsNotKnown_IsRefusedWithNameAndLine() => Refused(x => x + linalg.eigvalsh(x.unsqueeze(2).matmul(x.unsqueeze(1))).sum(), "aten::linalg_eigvalsh", "HazardTests.cs:");

    [Fact]
    public void Size_ReadInTheProgram_FollowsTheBatch() =>
        Assert.True(OnnxExporter.Export(new Forward(x => x.view(x.shape[0] * 2, x.shape[1] / 2).sum([1]).view(x.shape[0], -1) / x.shape[0]), randn(2, 6)).Parity.Passed);

    [Fact]
    public void Size_TakenByOneExampleAlone_IsRefused() => Refused(x => x.shape[0] == 2 ? x * 2 : x * 3, "HazardTests.cs:");

    [Fact]
    public void Randomness_InForward_IsNeverExported() => Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(new Forward(x => x + rand_like(x)), randn(2, 6)));

    [Fact]
    public void Exception_InForward_IsToldAndTracingEnds()
    {
        Refused(_ => throw new InvalidOperationException("out of paper"), "out of paper");

        Assert.True(OnnxExporter.Export(new Forward(x => x * 2), randn(2, 6)).Parity.Passed);
    }

    private static void Refused(Func<Tensor, Tensor> forward, params string[] parts)
    {
        var refused = Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(new Forward(forward), randn(2, 6)));
        foreach (var part in parts)
            Assert.Contains(part, refused.Message);
        Assert.DoesNotContain("does not agree", refused.Message);
    }

    private static Tensor Elsewhere(Func<Tensor> work)
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
