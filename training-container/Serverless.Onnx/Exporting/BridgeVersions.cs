namespace Serverless.Onnx.Exporting;

/// <summary>Which bridge fits which libtorch: they must agree in major and minor version, because the bridge has parts of libtorch's classes compiled in.</summary>
public static class BridgeVersions
{
    private const string Cure = "Compile it for the libtorch that runs: training-container/Serverless.Torch/Bridge/build.sh FOLDER LIBTORCH (docs/torch.md).";

    /// <summary>Why a bridge may not be used; null when it may.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="builtFor">The libtorch that it was compiled for.</param>
    /// <param name="loaded">The libtorch that is loaded.</param>
    public static string? Refusal(string file, string builtFor, string loaded)
    {
        if (Minor(builtFor) is { } built && Minor(loaded) is { } running && built == running)
            return null;
        return $"The bridge '{file}' was compiled for libtorch '{builtFor}', and '{loaded}' is loaded. {Cure}";
    }

    /// <summary>Says that there is none.</summary>
    public static string NotFound(IReadOnlyList<string> places, string variable) =>
        $"There is no bridge to libtorch's recorder at {string.Join(" or ", places.Select(place => $"'{place}'"))}. {Cure} Put it beside the program, or name it in {variable}.";

    /// <summary>Says that it could not be loaded.</summary>
    public static string NotLoaded(string file, string reason) => $"The bridge '{file}' cannot be loaded: {reason.TrimEnd('.')}. {Cure}";

    private static (int Major, int Minor)? Minor(string version) =>
        version.Split('.', '+') is [var major, var minor, ..] && int.TryParse(major, out var first) && int.TryParse(minor, out var second) ? (first, second) : null;
}
