using Serverless.Torch.Trainers.Loop;
using Serverless.Training.Features;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>Brings rows to a network: their numbers, and the place of each category in its table.</summary>
internal sealed class RowBatches
{
    private readonly RowNetwork network;
    private readonly FeaturePlan plan;
    private readonly int[] firstSlots;

    public RowBatches(RowNetwork network, FeaturePlan plan)
    {
        (this.network, this.plan) = (network, plan);
        firstSlots = new int[plan.Categories.Count];
        for (var i = 1; i < firstSlots.Length; i++)
            firstSlots[i] = firstSlots[i - 1] + plan.Categories[i - 1].Slots;
    }

    /// <summary>What the network gives for some rows.</summary>
    public Tensor Forward(FeatureMatrix matrix, int[] rows, ComputeSite site)
    {
        var (wide, categories) = (matrix.DenseCount, matrix.CategoryCount);
        var numbers = new float[rows.Length * wide];
        var slots = new long[rows.Length * categories];
        for (var i = 0; i < rows.Length; i++)
        {
            var own = matrix.DenseOf(rows[i]);
            for (var j = 0; j < wide; j++)
                numbers[i * wide + j] = (float)own[j];
            var slot = matrix.SlotsOf(rows[i]);
            for (var k = 0; k < categories; k++)
                slots[i * categories + k] = slot[k] < 0 ? plan.Categories[k].Slots : slot[k] - firstSlots[k];
        }

        return network.forward(site.Bring(numbers, rows.Length, wide), site.Bring(slots, rows.Length, categories));
    }
}
