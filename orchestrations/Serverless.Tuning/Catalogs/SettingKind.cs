namespace Serverless.Tuning.Catalogs;

/// <summary>Which numbers a <see cref="Setting"/> takes.</summary>
public enum SettingKind
{
    /// <summary>Any.</summary>
    Number,

    /// <summary>Whole ones.</summary>
    Whole,

    /// <summary>1 for yes and 0 for no.</summary>
    Flag,
}
