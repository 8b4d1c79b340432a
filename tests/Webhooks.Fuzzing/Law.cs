namespace Webhooks.Fuzzing;

internal static class Law
{
    public static void Holds(bool isTrue, string law)
    {
        if (!isTrue)
            throw new LawBrokenException(law);
    }

    public static void AreEqual<T>(T expected, T actual, string what) =>
        Holds(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, got {actual}");
}
