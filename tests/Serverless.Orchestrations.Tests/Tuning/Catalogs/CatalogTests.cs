using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;

namespace Serverless.Orchestrations.Tests.Tuning.Catalogs;

public sealed class CatalogTests
{
    public static TheoryData<string> Samplers => [.. SamplerCatalog.Names];

    public static TheoryData<string> Pruners => [.. PrunerCatalog.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Create_SamplerWithItsDefaults_HasTheNameItWasMadeBy(string name)
    {
        var settings = SamplerCatalog.SettingsOf(name)!.Where(setting => setting.Default is not null).ToDictionary(setting => setting.Name, setting => setting.Default!.Value);

        Assert.Equal(name, SamplerCatalog.Create(name, settings, out var errors)?.Name);
        Assert.Empty(errors);
        Assert.NotEmpty(SamplerCatalog.MeaningOf(name)!);
    }

    [Theory]
    [MemberData(nameof(Pruners))]
    public void Create_PrunerWithItsDefaults_HasTheNameItWasMadeBy(string name)
    {
        var settings = PrunerCatalog.SettingsOf(name)!.Where(setting => setting.Default is not null).ToDictionary(setting => setting.Name, setting => setting.Default!.Value);

        Assert.Equal(name, PrunerCatalog.Create(name, settings, out var errors)?.Name);
        Assert.Empty(errors);
        Assert.NotEmpty(PrunerCatalog.MeaningOf(name)!);
    }

    [Fact]
    public void Create_UnknownName_ListsTheNames()
    {
        Assert.Null(SamplerCatalog.Create("tpee", new Dictionary<string, double>(), out var errors));

        Assert.Equal("name", Assert.Single(errors).Path);
        Assert.Contains("tpe-independent", errors[0].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SettingsThatCannotBe_ReportsEach()
    {
        Assert.Null(SamplerCatalog.Create("tpe", new Dictionary<string, double> { ["candidates"] = 2.5, ["goodShare"] = 2, ["colour"] = 1, ["magicClip"] = double.NaN }, out var errors));

        Assert.Equal(["settings.candidates", "settings.colour", "settings.goodShare", "settings.magicClip"], errors.Select(error => error.Path).Order());
    }

    [Fact]
    public void Create_PatientPrunerOfAnother_TakesTheSettingsOfBoth() =>
        Assert.IsType<PatientPruner>(PrunerCatalog.Create("patient+percentile", new Dictionary<string, double> { ["patience"] = 2, ["percentile"] = 10 }, out _));
}
