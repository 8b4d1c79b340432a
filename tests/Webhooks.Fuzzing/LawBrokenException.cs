namespace Webhooks.Fuzzing;

public sealed class LawBrokenException(string law) : Exception(law);
