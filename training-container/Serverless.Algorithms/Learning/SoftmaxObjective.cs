using System.Numerics.Tensors;
using Serverless.Training.Features;

namespace Serverless.Algorithms.Learning;

/// <summary>
/// The loss of multinomial logistic regression, mean over the rows of −ln p(class), plus λ/2 times the squared weights without the intercepts. Two classes share one
/// column of weights, the log-odds of the second. The weights of an output lie together: dense features, slots, intercept.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="lambda">The strength of the penalty, per row.</param>
internal sealed class SoftmaxObjective(FeatureMatrix data, int classes, double lambda)
{
    // Rows are summed in fixed parts and the parts in order, so that the result does not depend on the number of processors.
    private const int Parts = 8;
    private const long WorthSharing = 200_000;
    private readonly double[][] gradients = new double[Math.Min(Parts, Math.Max(1, data.Rows / 64))][];
    private readonly double[] losses = new double[Parts];

    /// <summary>Weights of one output.</summary>
    public int Width { get; } = data.DenseCount + data.SlotCount + 1;

    /// <summary>Outputs: one for two classes, else one a class.</summary>
    public int Outputs { get; } = classes == 2 ? 1 : classes;

    /// <summary>All weights.</summary>
    public int Size => Width * Outputs;

    /// <summary>The loss at some weights, and its gradient.</summary>
    public double Evaluate(double[] weights, double[] gradient)
    {
        if ((long)data.Rows * Size > WorthSharing)
            Parallel.For(0, gradients.Length, part => Part(part, weights));
        else
            for (var part = 0; part < gradients.Length; part++)
                Part(part, weights);
        Array.Clear(gradient);
        double loss = 0;
        for (var part = 0; part < gradients.Length; part++)
        {
            loss += losses[part];
            TensorPrimitives.Add(gradient, gradients[part], gradient);
        }

        loss /= data.Rows;
        TensorPrimitives.Multiply(gradient, 1.0 / data.Rows, gradient);
        for (var output = 0; output < Outputs; output++)
        {
            var own = weights.AsSpan(output * Width, Width - 1);
            var slope = gradient.AsSpan(output * Width, Width - 1);
            loss += lambda / 2 * TensorPrimitives.Dot<double>(own, own);
            TensorPrimitives.MultiplyAdd(own, lambda, slope, slope);
        }

        return loss;
    }

    /// <summary>The probabilities of rows, one for each class.</summary>
    public double[] Predict(FeatureMatrix rows, double[] weights)
    {
        var probabilities = new double[rows.Rows * classes];
        Span<double> logits = new double[Outputs];
        for (var row = 0; row < rows.Rows; row++)
        {
            Logits(rows, row, weights, logits);
            var target = probabilities.AsSpan(row * classes, classes);
            if (classes == 2)
                (target[0], target[1]) = (Sigmoid(-logits[0]), Sigmoid(logits[0]));
            else
                TensorPrimitives.SoftMax(logits, target);
        }

        return probabilities;
    }

    private void Part(int part, double[] weights)
    {
        var gradient = gradients[part] ??= new double[Size];
        Array.Clear(gradient);
        double loss = 0;
        Span<double> logits = new double[Outputs];
        var to = (int)((long)data.Rows * (part + 1) / gradients.Length);
        for (var row = (int)((long)data.Rows * part / gradients.Length); row < to; row++)
        {
            Logits(data, row, weights, logits);
            loss += classes == 2 ? Binary(data.Labels[row], logits) : Multinomial(data.Labels[row], logits);
            var dense = data.DenseOf(row);
            for (var output = 0; output < Outputs; output++)
            {
                var slope = gradient.AsSpan(output * Width, Width);
                var residual = logits[output];
                TensorPrimitives.MultiplyAdd(dense, residual, slope[..dense.Length], slope[..dense.Length]);
                foreach (var slot in data.SlotsOf(row))
                    if (slot >= 0)
                        slope[dense.Length + slot] += residual;
                slope[^1] += residual;
            }
        }

        losses[part] = loss;
    }

    private void Logits(FeatureMatrix rows, int row, double[] weights, Span<double> logits)
    {
        var dense = rows.DenseOf(row);
        var slots = rows.SlotsOf(row);
        for (var output = 0; output < Outputs; output++)
        {
            var own = weights.AsSpan(output * Width, Width);
            var sum = own[^1] + (dense.Length == 0 ? 0 : TensorPrimitives.Dot(dense, own[..dense.Length]));
            foreach (var slot in slots)
                if (slot >= 0)
                    sum += own[dense.Length + slot];
            logits[output] = sum;
        }
    }

    /// <summary>The loss of a row; its logits become p − y.</summary>
    private static double Multinomial(int label, Span<double> logits)
    {
        var max = TensorPrimitives.Max<double>(logits);
        var right = logits[label] - max;
        double sum = 0;
        foreach (ref var logit in logits)
            sum += logit = Math.Exp(logit - max);
        TensorPrimitives.Multiply(logits, 1 / sum, logits);
        logits[label] -= 1;
        return Math.Log(sum) - right;
    }

    /// <summary>The loss of a row; its log-odds become p − y. One exponential serves both.</summary>
    private static double Binary(int label, Span<double> logits)
    {
        var odds = logits[0];
        var power = Math.Exp(-Math.Abs(odds));
        logits[0] = (odds >= 0 ? 1 : power) / (1 + power) - label;
        return Math.Log(1 + power) + Math.Max(0, label == 1 ? -odds : odds);
    }

    private static double Sigmoid(double value) => value >= 0 ? 1 / (1 + Math.Exp(-value)) : Math.Exp(value) / (1 + Math.Exp(value));
}
