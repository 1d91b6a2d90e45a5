namespace Misuse;

file static class Twin
{
    public static int Use() => Tools.Twice(2); // AOPS0206
}
