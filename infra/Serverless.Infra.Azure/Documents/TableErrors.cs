using Azure;

namespace Serverless.Infra.Azure.Documents;

/// <summary>The table service's error codes (Table Service error codes, learn.microsoft.com).</summary>
internal static class TableErrors
{
    /// <summary>The code of a refusal; empty when it has none.</summary>
    public static string Code(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var header) && header is { Length: > 0 })
            return header;
        return response.Content is { } body && body.ToString() is var text && text.IndexOf("\"code\":\"", StringComparison.Ordinal) is >= 0 and var at
            ? string.Concat(text.AsSpan(at + 8).ToString().TakeWhile(char.IsAsciiLetter))
            : "";
    }

    /// <summary>Whether a 404 is about the entity and not about its table.</summary>
    public static bool IsAboutEntity(Response response) => Code(response) != "TableNotFound";

    /// <summary>Whether a refusal says that a change's condition did not hold: the key is there, is gone, or has another ETag.</summary>
    public static bool IsCondition(int status, string code) => status is 404 or 409 or 412 && code is not ("TableNotFound" or "TableBeingDeleted");
}
