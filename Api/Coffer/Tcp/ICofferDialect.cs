using System.Buffers;
using System.IO.Pipelines;

namespace Repository.Api.Coffer.Tcp;

/// <summary>One side of a conversation in one dialect: what was said so far decides what may be said next.</summary>
internal interface ICofferDialect : IDisposable
{
    /// <summary>Takes the next request from the front of what was received.</summary>
    /// <returns>False, and nothing is taken, while it is not whole.</returns>
    bool TryTake(ref ReadOnlySequence<byte> received, out FrameRequest request);

    /// <summary>Writes the answer to a request, where there is one, without flushing it.</summary>
    /// <returns>False when the conversation is over.</returns>
    ValueTask<bool> AnswerAsync(FrameRequest request, PipeWriter output, CancellationToken ct);

    /// <summary>Writes that nothing can be read from the database now, where the dialect has words for it. The conversation is over.</summary>
    void Apologize(PipeWriter output);
}
