namespace Webhooks;

/// <summary>The types of a bare item (RFC 8941, section 3.3).</summary>
internal enum StructuredFieldKind
{
    Integer,
    Decimal,
    String,
    Token,
    ByteSequence,
    Boolean,
}
