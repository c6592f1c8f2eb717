using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class NormalDistributionTests
{
    /// <summary>Computed with 60 digits.</summary>
    [Theory]
    [InlineData(8.0, 2.07944154167983594, 0.124999999999999921)]
    [InlineData(1.0, 0.08002621884930694, 0.77663872520173926)]
    [InlineData(0.0, -0.918938533204672742, 1.25331413731550025)]
    [InlineData(-0.5, -1.62051626438731992, 1.55987314834807967)]
    [InlineData(-1.0, -2.48512102571264134, 1.90427123332969182)]
    [InlineData(-2.4, -5.90696014883396624, 3.01330801007139327)]
    [InlineData(-2.6, -6.52666457988494817, 3.18413178619013869)]
    [InlineData(-5.0, -16.7443011626609901, 5.36181624128808853)]
    [InlineData(-6.1, -23.2146407229620023, 6.40540588744765458)]
    [InlineData(-10.0, -55.5531220361223559, 10.1943830334125533)]
    [InlineData(-30.0, -457.724653760598004, 30.0664461541624189)]
    [InlineData(-59.0, -1749.57487437743805, 59.0338691493845621)]
    [InlineData(-61.0, -1869.64149173941991, 61.0327605009119067)]
    [InlineData(-100.0, -5010.12957880024979, 100.019994004195865)]
    [InlineData(-1000.0, -500014.734452091158, 1000.00199999400004)]
    [InlineData(-1000000.0, -500000000028.54996, 1000000.000002)]
    public void LogImprovement_AtAPlace_IsWhatManyDigitsGive(double z, double value, double slope)
    {
        var (actual, actualSlope) = NormalDistribution.LogImprovement(z);

        Assert.Equal(0, (actual - value) / value, 1e-11);
        Assert.Equal(0, (actualSlope - slope) / slope, 1e-9);
    }

    [Theory]
    [InlineData(-10.0, 7.61985302416052607e-24)]
    [InlineData(-2.4, 0.00819753592459613143)]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 0.841344746068542949)]
    public void Cumulative_AtAPlace_IsWhatManyDigitsGive(double z, double probability) =>
        Assert.Equal(0, (NormalDistribution.Cumulative(z) - probability) / probability, 1e-12);
}
