namespace Serverless.Onnx.Lowering.Walks;

/// <summary>What to do about operators that cannot be lowered.</summary>
internal static class UnknownOperators
{
    public static string CureOf(string name) => name.Split(':')[^1].TrimEnd('_') switch
    {
        "rand" or "randn" or "randint" or "randperm" or "rand_like" or "randn_like" or "randint_like" or "normal" or "uniform" or "bernoulli" or "multinomial" or "exponential" or "geometric" or "cauchy" or "log_normal" or "random" =>
            "It draws random numbers, and a served model gives equal answers to equal questions. Draw them outside and pass them in, or leave them out in evaluation.",
        "nonzero" or "unique" or "_unique2" or "unique_consecutive" or "unique_dim" or "masked_select" or "bincount" or "histc" =>
            "The size of its result depends on data. Use where, masked_fill or a mask instead.",
        "item" or "_local_scalar_dense" => "It reads a number out of a tensor. Keep it a tensor.",
        "svd" or "linalg_svd" or "eig" or "linalg_eig" or "linalg_eigh" or "qr" or "linalg_qr" or "inverse" or "linalg_inv" or "cholesky" or "linalg_cholesky" or "linalg_solve" or "det" or "linalg_det" =>
            "ONNX has no decompositions of matrices. Compute it before the export and keep it as a buffer.",
        "fft_fft" or "fft_rfft" or "fft_irfft" or "stft" or "istft" or "complex" or "view_as_complex" => "Complex numbers are not lowered. Compute it outside the network.",
        "set" or "resize" or "resize_as" => "It changes a tensor's memory. Make a new tensor.",
        _ => "Write it with other operators; docs/torch.md lists those that are lowered.",
    };
}
