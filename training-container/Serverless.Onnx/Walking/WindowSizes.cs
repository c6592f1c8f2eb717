namespace Serverless.Onnx.Walking;

/// <summary>How many windows fit an axis (torch.nn, "Shape" of the convolution and pooling layers).</summary>
internal static class WindowSizes
{
    public static long Of(long size, long kernel, long stride, long padding, long dilation, bool roundUp = false)
    {
        var reach = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
        var windows = ((reach + (roundUp ? stride - 1 : 0)) / stride) + 1;
        return roundUp && (windows - 1) * stride >= size + padding ? windows - 1 : windows; // a window must begin inside
    }

    public static long Transposed(long size, long kernel, long stride, long padding, long dilation, long extra) =>
        ((size - 1) * stride) - (2 * padding) + (dilation * (kernel - 1)) + extra + 1;
}
