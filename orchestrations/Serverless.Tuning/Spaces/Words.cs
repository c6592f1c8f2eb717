namespace Serverless.Tuning.Spaces;

/// <summary>Values in messages.</summary>
internal static class Words
{
    public static string Of(ParameterValue value) => value.Kind == ValueKind.Text ? $"'{value.Text}'" : value.ToString();
}
