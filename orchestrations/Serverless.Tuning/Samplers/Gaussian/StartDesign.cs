using Serverless.Tuning.Numerics;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// The first points, before there is a model: the middle of the space (as Song et al., The Vizier Gaussian Process Bandit Algorithm, 2024, begin:
/// people put ranges around what they believe), then an even filling.
/// </summary>
internal static class StartDesign
{
    private const string Row = "shift";

    /// <summary>How many points there are before a model.</summary>
    /// <param name="dimensions">How many parameters are there at once.</param>
    public static int Count(double dimensions) => (int)Math.Clamp(dimensions + 2, 4, 10);

    /// <summary>The point of a trial.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="index">How many were proposed before.</param>
    /// <param name="fromMiddle">Whether the middle is the first.</param>
    /// <param name="memory">What is kept: the shift of the filling.</param>
    /// <param name="random">Draws the shift at the first point.</param>
    public static Proposal Propose(Encoding encoding, int index, bool fromMiddle, SamplerMemory memory, RandomSource random)
    {
        var shift = memory.Row(Row);
        if (shift is null)
        {
            shift = new double[encoding.Space.Dimensions.Count];
            for (var i = 0; i < shift.Length; i++)
                shift[i] = random.NextUniform();
        }

        var cube = new double[shift.Length];
        if (index == 0 && fromMiddle)
            Array.Fill(cube, 0.5);
        else
            new Lattice(shift).Point(index, cube);
        return new Proposal(encoding.FromCube(cube)) { Memory = new SamplerMemory(new Dictionary<string, double[]>(memory.Rows) { [Row] = shift }) };
    }
}
