namespace Misuse;

/// <summary>Family 05: sessions that are missing, dropped, or used when they are over.</summary>
public static class Sessions
{
}
