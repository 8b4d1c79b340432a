using System.Buffers;

namespace Webhooks;

/// <summary>Gathers the well-formed signatures of a header, and remembers what was wrong with the others.</summary>
internal ref struct SignatureCollector(SignatureEncoding encoding, int signatureLength, Span<byte> signatures)
{
    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly Span<byte> _signatures = signatures;
    private bool _sawMalformed;
    private bool _sawOtherVersion;

    public int Count { get; private set; }

    /// <summary>Why there is no signature to compare, or <see cref="VerificationOutcome.Verified"/> if there is
    /// one.</summary>
    public readonly VerificationOutcome Outcome => Count > 0 ? VerificationOutcome.Verified
        : _sawOtherVersion && !_sawMalformed ? VerificationOutcome.UnsupportedVersion
        : VerificationOutcome.MalformedSignature;

    public void Add(ReadOnlySpan<char> text)
    {
        if (SignatureEncodings.TryRead(encoding, text, _signatures.Slice(Count * signatureLength, signatureLength)))
        {
            Count++;
        }
        else
        {
            _sawMalformed = true;
        }
    }

    /// <summary>Takes an entry of another version, or of none.</summary>
    public void Skip(ReadOnlySpan<char> version)
    {
        if (version.IsEmpty || version.ContainsAnyExcept(VersionCharacters))
        {
            _sawMalformed = true;
        }
        else
        {
            _sawOtherVersion = true;
        }
    }
}
