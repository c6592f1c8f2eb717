using System.Text.Json;

namespace Serverless.Agent.Containers;

/// <summary>An image on the node.</summary>
/// <param name="Id">Its id, <c>sha256:…</c>: the hash of its configuration.</param>
/// <param name="Digest">What is recorded: <c>name@sha256:…</c> as the registry has it, or the id of an image that came from no registry.</param>
/// <param name="HasEntryPoint">Whether it says what to run.</param>
internal sealed record ContainerImage(string Id, string Digest, bool HasEntryPoint)
{
    /// <summary>Reads what <c>image inspect</c> says: both runtimes write an array of one object with <c>Id</c>, <c>RepoDigests</c> and <c>Config</c>.</summary>
    /// <param name="json">The document.</param>
    /// <param name="reference">The name by which the image was asked for: of several digests the one of the same repository is taken.</param>
    /// <exception cref="JsonException">It is not what a runtime writes.</exception>
    public static ContainerImage Parse(string json, string reference)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0 || array[0].ValueKind != JsonValueKind.Object
            || !array[0].TryGetProperty("Id", out var idElement) || idElement.ValueKind != JsonValueKind.String || idElement.GetString() is not { Length: > 0 } found)
            throw new JsonException("The runtime's description of the image has no id.");
        var image = array[0];
        var id = found.Contains(':') ? found : "sha256:" + found;
        var digests = Texts(image, "RepoDigests");
        var wanted = ImageReference.Parse(reference);
        var digest = digests.FirstOrDefault(each => wanted.Digest is { } pinned ? each.EndsWith("@" + pinned, StringComparison.Ordinal) : ImageReference.Parse(each).Repository == wanted.Repository)
            ?? digests.FirstOrDefault();
        var config = image.TryGetProperty("Config", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        // An image that was built or imported here has a digest of its own making and comes from nowhere.
        return new ContainerImage(id, digest is null || wanted.IsLocal ? id : digest, Texts(config, "Entrypoint").Count + Texts(config, "Cmd").Count > 0);
    }

    private static List<string> Texts(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)]
            : [];
}
