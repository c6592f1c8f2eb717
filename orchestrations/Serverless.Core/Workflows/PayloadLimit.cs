using System.Text;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Workflows;

/// <summary>Bounds what goes into histories and queues.</summary>
public static class PayloadLimit
{
    /// <summary>Gives the JSON back when it is within its limit.</summary>
    /// <exception cref="ServerlessException">It is too large.</exception>
    public static string Within(string json, int limitBytes, string what, string name)
    {
        if (json.Length <= limitBytes / 3)
            return json;
        var size = Encoding.UTF8.GetByteCount(json);
        return size <= limitBytes
            ? json
            : throw Fail.Invalid(what, $"The {what} of {Shown.Quote(name)} has {size:N0} bytes of JSON; the limit is {limitBytes:N0}.",
                "Store it as a document or an artifact and pass its id or path.");
    }
}
