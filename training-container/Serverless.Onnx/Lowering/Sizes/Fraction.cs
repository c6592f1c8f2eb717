using System.Numerics;

namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>An exact rational number.</summary>
internal readonly record struct Fraction
{
    private Fraction(BigInteger above, BigInteger below)
    {
        var common = BigInteger.GreatestCommonDivisor(above, below) * below.Sign;
        (Above, Below) = (above / common, below / common);
    }

    public BigInteger Above { get; }

    public BigInteger Below { get; }

    public bool IsZero => Above.IsZero;

    public static Fraction Of(BigInteger value) => new(value, BigInteger.One);

    public static Fraction operator -(Fraction left, Fraction right) => new((left.Above * right.Below) - (right.Above * left.Below), left.Below * right.Below);

    public static Fraction operator *(Fraction left, Fraction right) => new(left.Above * right.Above, left.Below * right.Below);

    public static Fraction operator /(Fraction left, Fraction right) => new(left.Above * right.Below, left.Below * right.Above);
}
