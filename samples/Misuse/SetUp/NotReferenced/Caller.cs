using Misuse.SetUp.Marked;

namespace Misuse.SetUp.NotReferenced;

public static class Caller
{
    public static int Answer() => Library.Twice(21); // AOPS0402
}
