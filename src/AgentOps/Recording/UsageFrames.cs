using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>The payload of usage, in frames of their own and inside hand-made events.</summary>
internal static class UsageFrames
{
    public static void Encode(
        PayloadBuilder builder, string? provider, string? model, long? input, long? output, long? cachedInput, long? reasoning)
    {
        builder.Write(provider);
        builder.Write(model);
        Count(builder, input);
        Count(builder, output);
        Count(builder, cachedInput);
        Count(builder, reasoning);
    }

    /// <summary>A count that is absent or absurd is unknown.</summary>
    private static void Count(PayloadBuilder builder, long? count)
    {
        if (count is >= 0 and long known)
            builder.Write(known);
        else
            builder.Tag(PayloadTag.Null);
    }
}
