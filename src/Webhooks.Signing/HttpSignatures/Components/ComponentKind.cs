namespace Webhooks;

/// <summary>What a component of a message is (RFC 9421, section 2).</summary>
internal enum ComponentKind
{
    Field,
    FieldMember,
    Method,
    TargetUri,
    Authority,
    Scheme,
    RequestTarget,
    Path,
    Query,
    QueryParameter,
}
