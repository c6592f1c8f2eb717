using System.Reflection;

namespace Serverless.Contracts.Studies;

/// <summary>The JSON Schema (draft 2020-12) of a study's file, for editors and for whoever writes such files by program. It is made from <see cref="StudySpec"/>; <c>docs/schemas/</c> has it too.</summary>
public static class StudySchema
{
    /// <summary>The name under which it lies beside a study's file.</summary>
    public const string FileName = "study.schema.json";

    private static readonly Lazy<byte[]> Read = new(() =>
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(FileName) ?? throw new InvalidOperationException($"The resource '{FileName}' is missing.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    });

    /// <summary>The schema as JSON in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Json => Read.Value;
}
