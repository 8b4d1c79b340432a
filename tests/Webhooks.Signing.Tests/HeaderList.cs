namespace Webhooks;

/// <summary>Headers as they go over the wire: what a signer writes and a verifier reads.</summary>
internal sealed class HeaderList : List<KeyValuePair<string, string>>, ISignatureHeaderWriter
{
    public HeaderList()
    {
    }

    public HeaderList(IEnumerable<KeyValuePair<string, string>> headers)
        : base(headers)
    {
    }

    public string this[string name]
    {
        get => this.Single(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        set
        {
            RemoveAll(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase));
            Write(name, value);
        }
    }

    public void Write(string name, string value) => Add(KeyValuePair.Create(name, value));

    public VerificationContext ToContext(DateTimeOffset now, params SigningSecret[] secrets) => new()
    {
        Headers = SignatureHeaders.From(this),
        Secrets = secrets,
        Now = now,
        Url = "https://receiver.example.com/hooks",
    };
}
