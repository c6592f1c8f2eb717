using System.Text;
using Serverless.Onnx.Findings;

namespace Serverless.Onnx.Checking;

/// <summary>Findings up to a number; beyond it they are counted.</summary>
internal sealed class FindingList(int max)
{
    private const int MaxNameLength = 120;
    private readonly List<OnnxFinding> findings = [];
    private int more;

    public IReadOnlyList<OnnxFinding> All => more == 0 ? findings
        : [.. findings, findings[^1] with { Place = "model", What = $"there are {more} more findings", Cure = "Cure these first and check again." }];

    public void Add(OnnxFindingCode code, string place, string what, string cure)
    {
        if (findings.Count < max)
            findings.Add(new(code, place, what, cure));
        else
            more++;
    }

    /// <summary>A name from a file, fit to be shown: cut to a length, without characters that a terminal or a log would act on.</summary>
    public static string Quote(string name)
    {
        var shown = new StringBuilder("'");
        foreach (var letter in name.Length > MaxNameLength ? name[..MaxNameLength] + "…" : name)
            shown.Append(char.IsControl(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator ? '\ufffd' : letter);
        return shown.Append('\'').ToString();
    }
}
