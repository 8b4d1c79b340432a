namespace Webhooks;

/// <summary>Takes the headers that a <see cref="SignatureScheme"/> writes when it signs.</summary>
public interface ISignatureHeaderWriter
{
    /// <summary>Takes one header.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">The header's value: visible ASCII and spaces.</param>
    void Write(string name, string value);
}
