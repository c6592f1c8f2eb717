using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>
/// The Matérn correlation of smoothness 5/2, (1 + a + a²/3)·e⁻ᵃ with a = √5·r, of squared distances r² that the length scales have already divided.
/// Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, equation 4.17.
/// </summary>
internal static class Matern
{
    /// <summary>Replaces squared distances by correlations and writes their slopes: (5/3)·(1 + a)·e⁻ᵃ, which is −2·dk/d(r²).</summary>
    /// <param name="distances">Squared distances; correlations afterwards.</param>
    /// <param name="slopes">As many elements, or none to leave them out.</param>
    public static void Correlate(Span<double> distances, Span<double> slopes)
    {
        ref var k = ref MemoryMarshal.GetReference(distances);
        nuint i = 0;
        var length = (nuint)distances.Length;
        for (; i + 4 <= length; i += 4)
        {
            var (value, slope) = Correlate(Vector256.LoadUnsafe(ref k, i));
            value.StoreUnsafe(ref k, i);
            if (!slopes.IsEmpty)
                slope.StoreUnsafe(ref MemoryMarshal.GetReference(slopes), i);
        }

        for (; i < length; i++)
        {
            var (value, slope) = Correlate(Vector256.Create(distances[(int)i]));
            distances[(int)i] = value.GetElement(0);
            if (!slopes.IsEmpty)
                slopes[(int)i] = slope.GetElement(0);
        }
    }

    private static (Vector256<double> Value, Vector256<double> Slope) Correlate(Vector256<double> squared)
    {
        var a = Vector256.Sqrt(squared * 5.0);
        var decay = VectorMath.Exp(-a);
        var linear = Vector256<double>.One + a;
        return ((linear + squared * (5.0 / 3)) * decay, linear * decay * (5.0 / 3));
    }
}
