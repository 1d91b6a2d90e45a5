namespace Misuse;

/// <summary>What is recorded, shown because this file asks for it in <c>.editorconfig</c>.</summary>
public static class Recorded
{
    public static int Plain() => Tools.Twice(4); // AOPS0208
}
