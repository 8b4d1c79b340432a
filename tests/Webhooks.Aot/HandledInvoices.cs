using System.Threading.Channels;

namespace Webhooks;

/// <summary>What the inbox's handlers were given.</summary>
internal sealed class HandledInvoices
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<Invoice> _invoices = Channel.CreateUnbounded<Invoice>();

    public void Add(Invoice invoice) => _invoices.Writer.TryWrite(invoice);

    /// <summary>The next one.</summary>
    public async Task<Invoice> NextAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _invoices.Reader.ReadAsync(timeout.Token);
    }
}
