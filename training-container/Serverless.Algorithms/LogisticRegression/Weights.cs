using Serverless.Training.Features;
using Serverless.Algorithms.Learning;
using Serverless.Onnx.Graphs;

namespace Serverless.Algorithms.LogisticRegression;

/// <summary>The learnt weights as the graph has them: a column for each class. With two classes the first one's column is zero.</summary>
/// <param name="Dense">[dense features, classes].</param>
/// <param name="Slots">[slots + 1, classes]; the last row is zero.</param>
/// <param name="Intercepts">[classes].</param>
internal sealed record Weights(OnnxTensor Dense, OnnxTensor Slots, OnnxTensor Intercepts)
{
    public static Weights Of(SoftmaxObjective objective, FeaturePlan plan, int classes, double[] weights)
    {
        int dense = plan.DenseCount, slots = plan.SlotCount;
        var (forDense, forSlots, intercepts) = (new float[dense * classes], new float[(slots + 1) * classes], new float[classes]);
        for (var output = 0; output < objective.Outputs; output++)
        {
            var own = weights.AsSpan(output * objective.Width, objective.Width);
            var column = classes - objective.Outputs + output;
            for (var i = 0; i < dense; i++)
                forDense[i * classes + column] = (float)own[i];
            for (var i = 0; i < slots; i++)
                forSlots[i * classes + column] = (float)own[dense + i];
            intercepts[column] = (float)own[^1];
        }

        return new(OnnxTensor.Of(forDense, dense, classes), OnnxTensor.Of(forSlots, slots + 1, classes), OnnxTensor.Of(intercepts, classes));
    }
}
