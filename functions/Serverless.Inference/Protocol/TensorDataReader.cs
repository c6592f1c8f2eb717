using System.Text;
using System.Text.Json;
using Serverless.Core.Names;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>Reads a tensor's elements from JSON: flat in row-major order, or nested as its shape is.</summary>
internal readonly struct TensorDataReader(TensorBuffer buffer, ElementType type, long count, string path, RequestErrors errors)
{
    /// <summary>Reads from the array's beginning to its end.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.Add(path, "The data is not an array.", "Give the elements as an array, flat or nested as the shape is.");
            return;
        }

        Span<long> members = stackalloc long[64];
        members.Clear();
        var (depth, leafDepth) = (1, 0);
        while (depth > 0)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    members[depth - 1]++;
                    depth++;
                    members[depth - 1] = 0;
                    break;
                case JsonTokenType.EndArray:
                    if (!IsFull(depth, leafDepth, members[depth - 1]))
                        return;
                    depth--;
                    break;
                case JsonTokenType.StartObject:
                    errors.Add(path, $"The element {buffer.Count} is an object.", $"Give elements of {ElementTypes.Name(type)}.");
                    return;
                default:
                    members[depth - 1]++;
                    if (!AddElement(ref reader, depth, ref leafDepth))
                        return;
                    break;
            }
        }

        if (buffer.Count != count)
            errors.Add(path, $"The data has {buffer.Count} elements; its shape has {count}.", "Give as many elements as the product of the shape.");
    }

    private bool AddElement(scoped ref Utf8JsonReader reader, int depth, scoped ref int leafDepth)
    {
        if (leafDepth == 0)
            leafDepth = depth;
        if (depth != leafDepth)
        {
            errors.Add(path, $"The data is nested unevenly at its element {buffer.Count}.", "Nest all elements equally deep, or give them flat.");
            return false;
        }

        if (buffer.Count == count)
        {
            errors.Add(path, $"The data has more than the {count} elements of its shape.", "Give as many elements as the product of the shape.");
            return false;
        }

        if (JsonValues.TryAdd(ref reader, type, buffer))
            return true;
        var shown = Shown.Quote(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 64)]), 40);
        errors.Add(path, $"The element {buffer.Count}, {shown}, is no {ElementTypes.Name(type)}, or does not fit into it.", $"Give elements of {ElementTypes.Name(type)} within its range.");
        return false;
    }

    /// <summary>An array that ends must have as many members as its dimension, unless the data is flat.</summary>
    private bool IsFull(int depth, int leafDepth, long members)
    {
        if (leafDepth <= 1 && depth == 1)
            return true;
        if (leafDepth == buffer.Rank && depth <= buffer.Rank && members == buffer.Shape[depth - 1])
            return true;
        errors.Add(path, $"An array at depth {depth} of the data has {members} members, which is not how the shape nests.", "Nest the elements as the shape is, or give them flat.");
        return false;
    }
}
