using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.TestKit.Fakes;

/// <summary>Artifacts in memory. Passes the port's conformance suite.</summary>
public sealed class MemoryArtifactStore(TimeProvider? clock = null, AddressSigner? signer = null) : IArtifactStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly AddressSigner signer = signer ?? new AddressSigner(new byte[32], clock ?? TimeProvider.System);
    private readonly SortedDictionary<string, (ArtifactEntry Entry, byte[] Bytes)> artifacts = new(StringComparer.Ordinal);
    private long counter;

    /// <summary>The whole text at a path, as UTF-8; for assertions.</summary>
    public string Text(string path)
    {
        lock (gate)
            return Encoding.UTF8.GetString(artifacts[path].Bytes);
    }

    public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult(artifacts.TryGetValue(path.Value, out var found) ? found.Entry : null);
    }

    public async Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel)
    {
        lock (gate)
            Check(path, options);
        var bytes = await ReadAsync(path, content, options.MaxBytes, cancel);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (options.Sha256 is { } expected && expected != sha256)
            throw new ServerlessException(ProblemCodes.HashMismatch, $"The content for '{path}' has the SHA-256 {sha256}; {expected} was announced.", "Send it again.");
        lock (gate)
        {
            Check(path, options);
            return Store(path, bytes);
        }
    }

    public Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw Fail.Invalid("range", $"The range {wanted} is negative.", "Give an offset and a length from 0.");
        byte[] bytes;
        lock (gate)
            bytes = artifacts.TryGetValue(path.Value, out var found) ? found.Bytes : throw Fail.NotFound("artifact", path.Value, "List what is there.");
        var from = Math.Min(range?.Offset ?? 0, bytes.Length);
        var length = Math.Min(range?.Length ?? long.MaxValue, bytes.Length - from);
        return Task.FromResult<Stream>(new MemoryStream(bytes, (int)from, (int)length, writable: false));
    }

    public Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (offset < 0)
            throw Fail.Invalid("offset", $"The offset {offset} is negative.", "Give an offset from 0.");
        lock (gate)
        {
            byte[] old = artifacts.TryGetValue(path.Value, out var found) ? found.Bytes : [];
            if (offset == old.Length)
            {
                Check(path, PutOptions.Overwrite);
                Store(path, [.. old, .. bytes.Span]);
                return Task.FromResult((long)old.Length + bytes.Length);
            }

            return Task.FromResult((long)old.Length);
        }
    }

    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<ArtifactEntry> found;
        lock (gate)
            found = [.. artifacts.Values.Select(value => value.Entry).Where(entry => entry.Path.Value.StartsWith(prefix, StringComparison.Ordinal))];
        foreach (var entry in found)
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult(artifacts.Remove(path.Value));
    }

    public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (lifetime <= TimeSpan.Zero || lifetime > TimeSpan.FromDays(7))
            throw Fail.Invalid("lifetime", $"The lifetime '{lifetime}' is not between zero and 7 days.", "Give a shorter one.");
        var end = clock.GetUtcNow() + lifetime;
        return Task.FromResult(new ArtifactAddress(Routes.Fill(Routes.Artifact, path.Value) + signer.Sign(path, verb, end), end));
    }

    private void Check(ArtifactPath path, PutOptions options)
    {
        var there = artifacts.TryGetValue(path.Value, out var found) ? found.Entry : null;
        if (options.IfAbsent && there is not null)
            throw Fail.Conflict($"There is already an artifact '{path}'.", "Leave it, or overwrite it.");
        if (options.IfMatch is { } eTag && there?.ETag != eTag)
            throw Fail.Conflict($"The artifact '{path}' has changed.", "Read it again.");
        var isFolder = artifacts.Keys.Any(key => key.StartsWith(path.Value + "/", StringComparison.Ordinal));
        if (isFolder || artifacts.Keys.Any(key => path.Value.StartsWith(key + "/", StringComparison.Ordinal)))
            throw Fail.Conflict($"'{path}' or a part of it is a folder and an artifact at once.", "Choose another path.");
    }

    private ArtifactEntry Store(ArtifactPath path, byte[] bytes)
    {
        var entry = new ArtifactEntry(path, bytes.Length, (++counter).ToString(CultureInfo.InvariantCulture), clock.GetUtcNow());
        artifacts[path.Value] = (entry, bytes);
        return entry;
    }

    private static async Task<byte[]> ReadAsync(ArtifactPath path, Stream content, long limit, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > limit)
                throw new ServerlessException(ProblemCodes.TooLarge, $"The content for '{path}' is larger than {limit} bytes.", "Send less.");
        }

        return all.ToArray();
    }
}
