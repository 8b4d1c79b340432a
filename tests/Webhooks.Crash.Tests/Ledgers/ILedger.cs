namespace Webhooks.Crash;

/// <summary>Takes down what nodes say of their work.</summary>
internal interface ILedger
{
    /// <summary>Takes a node's line, if it is one of those.</summary>
    bool TryEnter(string line);
}
