namespace Webhooks;

/// <summary>Headers as they go over the wire.</summary>
internal sealed class HeaderList : List<KeyValuePair<string, string>>, ISignatureHeaderWriter
{
    public void Add(string name, string value) => Add(KeyValuePair.Create(name, value));

    public void Write(string name, string value) => Add(name, value);
}
